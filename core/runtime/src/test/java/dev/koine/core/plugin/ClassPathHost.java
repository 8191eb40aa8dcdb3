package dev.koine.core.plugin;

import dev.koine.api.ChatRequest;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.config.PluginSettings;
import dev.koine.core.dialect.Dialects;
import dev.koine.spi.HttpDialect;
import dev.koine.spi.ModelTarget;
import dev.koine.spi.ProviderConfig;
import java.nio.file.Path;
import java.util.List;

/** A program that has Koine on its class path: trusts a plugin and asks it. */
public final class ClassPathHost {
    private ClassPathHost() {}

    public static void main(String[] args) {
        var plugins = new Plugins(KoinePaths.under(Path.of(args[0])),
                new PluginSettings(List.of(), PluginSettings.Policy.REQUIRE), List.of());
        var info = plugins.trust("acme-chat");
        System.out.print(info.state() + " " + info.form().map(Enum::name).orElse("") + " " + info.dialects() + "\n");
        info.problems().forEach(System.out::println);
        var spi = Dialects.of(List.of(plugins)).find("acme").orElseThrow().spi();
        var dialect = (HttpDialect) spi.create(ProviderConfig.builder("mine").build());
        System.out.print(dialect.chat(ModelTarget.of("m"), ChatRequest.of("hi")).uri() + "\n");
    }
}
