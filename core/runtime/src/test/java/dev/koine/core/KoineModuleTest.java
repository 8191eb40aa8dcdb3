package dev.koine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import dev.koine.core.config.Config;
import dev.koine.core.config.ConfigStore;
import dev.koine.core.dialect.Dialects;
import dev.koine.core.registry.Registry;
import dev.koine.core.secret.Redactor;
import dev.koine.core.secret.Secrets;
import dev.koine.core.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Koine in the injector of a program of one's own. */
class KoineModuleTest {
    @TempDir Path folder;

    private Injector injector() {
        var options = Home.in(folder).config("schema-version = 1").options().build();
        return Guice.createInjector(new KoineModule(options), new AbstractModule() {
            @Override
            protected void configure() {
                bind(String.class).toInstance("the program's own");
                bind(ConfigStore.class)
                        .toInstance(new ConfigStore(options.paths(), options.env(), options.directory()));
            }
        });
    }

    @Test
    void itStandsBesideTheProgramsOwnBindings() {
        var injector = injector();
        try (var koine = injector.getInstance(Koine.class)) {
            assertThat(injector.getInstance(String.class)).isEqualTo("the program's own");
            assertThat(injector.getInstance(ConfigStore.class)).isNotSameAs(koine.configStore());
        }
    }

    @Test
    void itExposesExactlyWhatItSays() {
        var options = Home.in(folder).options().build();
        var injector = Guice.createInjector(new KoineModule(options));
        var exposed = injector.getBindings().keySet().stream().map(Key::getTypeLiteral)
                .map(type -> type.getRawType().getSimpleName()).collect(Collectors.toSet());
        assertThat(exposed).containsExactlyInAnyOrder("Koine", "Config", "Secrets", "Registry", "Transport", "Dialects",
                "Injector",
                "Logger", "Stage");
        assertThatThrownBy(() -> injector.getInstance(ConfigStore.class)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void behindKoineAndEveryKeyIsOneInstance() {
        var injector = injector();
        try (var koine = injector.getInstance(Koine.class)) {
            assertThat(injector.getInstance(Koine.class)).isSameAs(koine);
            assertThat(injector.getInstance(Registry.class)).isSameAs(koine.registry());
            assertThat(injector.getInstance(Config.class)).isSameAs(koine.config()).isSameAs(koine.registry().config());
            assertThat(injector.getInstance(Secrets.class)).isSameAs(koine.secrets());
            assertThat(injector.getInstance(Transport.class)).isSameAs(koine.transport());
            assertThat(injector.getInstance(Dialects.class)).isSameAs(koine.dialects());
            assertThat(koine.redactor()).isSameAs(koine.redactor()).isInstanceOf(Redactor.class);
        }
    }

    @Test
    void theFilesAreThoseThatTheEnvironmentNames() {
        var options = KoineOptions.builder().env(java.util.Map.of("KOINE_HOME", folder.resolve("there").toString()))
                .build();
        assertThat(options.paths().configFile()).isEqualTo(folder.resolve("there/config.toml"));
        assertThat(options.toBuilder().offline(true).build().paths()).isEqualTo(options.paths());
        assertThat(List.of(options.attached(), options.pluginFolders())).containsOnly(List.of());
    }
}
