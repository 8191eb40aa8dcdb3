package dev.koine.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.core.config.KoinePaths;
import dev.koine.core.secret.SecretException.Kind;
import dev.koine.core.secret.SecretState.Status;
import dev.koine.spi.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String KEY = "gsk-0123456789abcdef-x9f2";

    @TempDir Path dir;
    private KoinePaths paths;

    @BeforeEach
    void directories() {
        paths = KoinePaths.under(dir.resolve("koine")).withHome(dir);
    }

    private Secrets secrets(Map<String, String> env) {
        return new Secrets(paths, env, CommandRunner.shell(System.getenv()));
    }

    private Secrets secrets() {
        return secrets(Map.of());
    }

    private static SecretRef ref(String text) {
        return new SecretRef(text);
    }

    private String failure(Secrets secrets, String reference, Kind kind) {
        var failure = catchThrowableOfType(SecretException.class, () -> secrets.resolve(ref(reference)));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.field()).isEqualTo("api-key");
        assertThat(failure.toString() + failure.fix()).doesNotContain("0123456789");
        return failure.getMessage() + " | " + failure.fix();
    }

    private Path file(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(dir.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aVariableIsReadWithoutBlanksAroundIt() {
        assertThat(secrets(Map.of("K", " " + KEY + "\n")).resolve(ref("env:K")).value()).isEqualTo(KEY);
        assertThat(failure(secrets(), "env:GROQ_API_KEY", Kind.MISSING))
                .startsWith("GROQ_API_KEY is not set | export GROQ_API_KEY=");
    }

    @Test
    void anEmptyValueIsNoKey() throws Exception {
        file("empty", "\n", "rw-------");
        assertThat(secrets(Map.of("K", "  ")).resolve(ref("env:K")).isEmpty()).isTrue();
        assertThat(secrets().resolve(ref("file:~/empty")).isEmpty()).isTrue();
        assertThat(secrets().resolve(ref("none")).isEmpty()).isTrue();
        assertThat(secrets().resolve(ref("")).isEmpty()).isTrue();
    }

    @Test
    void aFileIsReadFromHomeFromAnywhereOrFromBesideTheConfiguration() throws Exception {
        Path file = file("mistral", KEY + "\n", "rw-------");
        Files.createDirectories(paths.config());
        Files.copy(file, paths.config().resolve("beside"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(secrets().resolve(ref("file:~/mistral")).value()).isEqualTo(KEY);
        assertThat(secrets().resolve(ref("file:" + file)).value()).isEqualTo(KEY);
        assertThat(secrets().resolve(ref("file:beside")).value()).isEqualTo(KEY);
    }

    @ParameterizedTest
    @CsvSource({"rw-r--r--, 0644", "rw----r--, 0604", "rw-r-----, 0640", "r--r--r--, 0444"})
    void aFileThatOthersCanReadIsRefused(String mode, String octal) throws Exception {
        file("mistral", KEY, mode);

        assertThat(failure(secrets(), "file:~/mistral", Kind.MODE))
                .isEqualTo("~/mistral can be read by others (" + octal + ") | chmod 600 ~/mistral");
    }

    @Test
    void aFileThatCannotBeReadIsExplainedEvenToTheSuperuser() throws Exception {
        file("mistral", KEY, "-w-------");

        assertThat(failure(secrets(), "file:~/mistral", Kind.UNREADABLE))
                .isEqualTo("~/mistral cannot be read (0200) | chmod 600 ~/mistral");
        assertThat(failure(secrets(), "file:~/gone", Kind.MISSING)).startsWith("there is no file ~/gone | ");
        assertThat(failure(secrets(), "file:" + dir, Kind.UNREADABLE)).contains("is a directory");
    }

    @ParameterizedTest
    @CsvSource({"Bearer gsk-0123456789, begins with 'Bearer'", "'\"gsk-0123456789\"', stands in quotes",
        "gsk-0123 456789, has a blank in it", "'Authorization: Bearer gsk-0123456789', is a whole header",
        "gsk-0123456789…, has a character in it that no key has"})
    void whatWasPastedAlongIsRefusedWithAdvice(String value, String message) throws Exception {
        assertThat(failure(secrets(Map.of("K", value)), "env:K", Kind.INVALID)).startsWith("env:K ").contains(message);
        assertThatThrownBy(() -> Secrets.clean(value)).isInstanceOf(SecretException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> secrets().store("groq", value)).isInstanceOf(SecretException.class);
        assertThat(paths.credentialsFile()).doesNotExist();
    }

    @Test
    void controlCharactersAreRefused() {
        assertThat(failure(secrets(Map.of("K", "gsk-01\n23456789")), "env:K", Kind.INVALID))
                .contains("has a line break");
        assertThat(failure(secrets(Map.of("K", "gsk-01\u000723456789")), "env:K", Kind.INVALID))
                .contains("control character");
    }

    @Test
    void cleaningTwiceIsCleaningOnce() {
        assertThat(Secrets.clean("  " + KEY + "\r\n")).isEqualTo(KEY).isEqualTo(Secrets.clean(Secrets.clean(KEY)));
        assertThat(Secrets.clean("   ")).isEmpty();
    }

    @Test
    void theFirstLineOfACommandIsTheKey() {
        assertThat(secrets().resolve(ref("command:printf '" + KEY + "\\nsecond\\n'")).value()).isEqualTo(KEY);
    }

    @Test
    void aCommandRunsOnceInAProcess() {
        var runs = new AtomicInteger();
        var secrets = new Secrets(paths, Map.of(), (command, limit) -> {
            assertThat(limit).isEqualTo(Duration.ofSeconds(10));
            runs.incrementAndGet();
            return KEY;
        });
        secrets.resolve(ref("command:pass show x"));
        secrets.resolve(ref("command:pass show x"));

        assertThat(runs).hasValue(1);
    }

    @Test
    void aCommandThatFailsIsNamed() {
        assertThat(failure(secrets(), "command:exit 3", Kind.COMMAND_FAILED))
                .startsWith("the command 'exit 3' ended with exit code 3 | ");
        assertThat(failure(secrets(), "command:true", Kind.EMPTY)).startsWith("the command 'true' printed nothing | ");
    }

    @Test
    void aCommandThatDoesNotEndIsStopped() {
        assertThatThrownBy(() -> CommandRunner.shell(System.getenv()).run("sleep 60", Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("did not end within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gsk-0123456789", "ENV:X", "http://x", "keyrings:x", "env:gsk-0123456789",
        "env:gsk_0123456789", "keyring:sk-0123456789", "env:"})
    void whatIsNoReferenceIsRefusedWithoutShowingIt(String text) {
        assertThat(failure(secrets(), text, Kind.INVALID)).startsWith("this is no reference to a key | ");
        assertThat(secrets().describe(ref(text)).toString()).doesNotContain("0123456789");
    }

    @Test
    void aStoredKeyIsFoundInAFileForItsOwnerAlone() throws Exception {
        secrets().store("groq", " " + KEY + " ");

        assertThat(secrets().resolve(ref("keyring:groq")).value()).isEqualTo(KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.credentialsFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.config()))).isEqualTo("rwx------");
        assertThat(secrets().stored()).containsExactly("groq");
        assertThat(paths.state().resolve("backups")).doesNotExist();
    }

    @Test
    void aKeyIsStoredInThePlaceOfTheOldOneAndBesideOthers() throws Exception {
        secrets().store("groq", "gsk-old-0123456789");
        secrets().store("my.gateway", "gw-0123456789");
        secrets().store("groq", KEY);

        assertThat(secrets().stored()).containsExactlyInAnyOrder("groq", "my.gateway");
        assertThat(secrets().resolve(ref("keyring:groq")).value()).isEqualTo(KEY);
        assertThat(secrets().resolve(ref("keyring:my.gateway")).value()).isEqualTo("gw-0123456789");
        assertThat(Files.readString(paths.credentialsFile())).doesNotContain("gsk-old");
    }

    @Test
    void aRemovedKeyIsGone() throws Exception {
        secrets().store("groq", KEY);

        assertThat(secrets().remove("groq")).isTrue();
        assertThat(secrets().remove("groq")).isFalse();
        assertThat(Files.readString(paths.credentialsFile())).doesNotContain("gsk-");
        assertThat(failure(secrets(), "keyring:groq", Kind.MISSING))
                .isEqualTo("no key is stored as groq | koine keys set groq");
    }

    @Test
    void anEmptyKeyIsNotStored() {
        assertThatThrownBy(() -> secrets().store("groq", "  ")).isInstanceOf(SecretException.class)
                .hasMessage("there is no key to store");
        assertThat(paths.credentialsFile()).doesNotExist();
    }

    @Test
    void aStoreThatOthersCanReadIsRefused() throws Exception {
        secrets().store("groq", KEY);
        Files.setPosixFilePermissions(paths.credentialsFile(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(failure(secrets(), "keyring:groq", Kind.MODE))
                .isEqualTo(
                        "~/koine/credentials.toml can be read by others (0644) | chmod 600 ~/koine/credentials.toml");
    }

    @Test
    void aDamagedStoreIsExplainedAndLeftAlone() throws Exception {
        secrets().store("groq", KEY);
        Files.writeString(paths.credentialsFile(), "[groq]\nvalue = \"gsk-0123456789abcdef\nset-at = 1\n");

        assertThat(failure(secrets(), "keyring:groq", Kind.UNREADABLE))
                .startsWith("~/koine/credentials.toml is damaged at line 2: ");
        assertThatThrownBy(() -> secrets().store("x", KEY)).isInstanceOf(SecretException.class);
        assertThat(Files.readString(paths.credentialsFile())).contains("gsk-0123456789abcdef");
    }

    @Test
    void aHomeBelowAFileIsExplained() throws Exception {
        Files.writeString(dir.resolve("koine"), "a file");

        assertThat(failure(secrets(), "keyring:groq", Kind.UNREADABLE)).contains("~/koine is a file, not a directory");
        assertThatThrownBy(() -> secrets().store("groq", KEY)).isInstanceOf(SecretException.class)
                .hasMessageContaining("is a file, not a directory");
    }

    @Test
    void concurrentStoresLoseNothing() throws Exception {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String id = "p" + i;
            threads.add(Thread.ofPlatform().start(() -> secrets().store(id, KEY)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(secrets().stored()).hasSize(8);
    }

    @Test
    void aStateSaysMuchAndTellsNothing() {
        secrets().store("groq", KEY);
        secrets().store("short", "gsk-0123456789");
        var secrets = secrets(Map.of("K", KEY, "E", ""));
        var now = Instant.now().plus(Duration.ofDays(3));

        assertThat(secrets.describe(ref("keyring:groq")).describe(now))
                .isEqualTo("25 characters, ends …x9f2, set 3 days ago");
        assertThat(secrets.describe(ref("keyring:short")).describe(now)).isEqualTo("14 characters, set 3 days ago");
        assertThat(secrets.describe(ref("env:K")).describe(now)).isEqualTo("25 characters, ends …x9f2");
        assertThat(secrets.describe(ref("env:E")).status()).isEqualTo(Status.NOT_SET);
        assertThat(secrets.describe(ref("env:MISSING")).describe(now)).isEqualTo("not set");
        assertThat(secrets.describe(ref("none")).status()).isEqualTo(Status.NONE);
        assertThat(secrets.describe(ref("keyring:groq")).toString()).doesNotContain("0123456789");
    }

    @Test
    void describingRunsNoCommand() {
        var secrets = new Secrets(paths, Map.of(), (command, limit) -> {
            throw new IOException("must not run");
        });
        assertThat(secrets.describe(ref("command:pass show x")).status()).isEqualTo(Status.NOT_ASKED);
    }
}
