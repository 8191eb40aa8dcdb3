package dev.koine.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.koine.core.config.KeySettings;
import dev.koine.core.config.KoinePaths;
import dev.koine.core.secret.SecretException.Kind;
import dev.koine.spi.Origin;
import dev.koine.spi.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs in {@code PATH}, written in shell, stand for the keyrings. */
@Timeout(60)
class KeyringTest {
    private static final String KEY = "gsk-0123456789abcdef-x9f2";
    private static final String NEW = "gsk-fedcba9876543210-y8e1";
    private static final Origin HOME = Origin.of(URI.create("https://api.example"));
    private static final SecretRef GROQ = new SecretRef("keyring:groq");

    @TempDir Path dir;
    private KoinePaths paths;
    private Path bin;
    private Path store;
    private final List<Secret> learned = new ArrayList<>();

    @BeforeEach
    void directories() throws IOException {
        paths = KoinePaths.under(dir.resolve("koine")).withHome(dir);
        bin = Files.createDirectory(dir.resolve("bin"));
        store = Files.createDirectory(dir.resolve("keyring"));
    }

    private void program(String name, String script) throws IOException {
        Files.writeString(bin.resolve(name), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script);
        Files.setPosixFilePermissions(bin.resolve(name), PosixFilePermissions.fromString("rwx------"));
    }

    /** As libsecret's own: keys on stdin, attributes as words, nothing said about what is not there. */
    private void secretTool() throws IOException {
        program("secret-tool", """
                echo "$*" >> "$STORE/calls"
                for id; do :; done
                case $1 in
                  store) cat > "$STORE/$id";;
                  lookup) [ -f "$STORE/$id" ] && cat "$STORE/$id";;
                  clear) rm -f "$STORE/$id";;
                esac
                """);
    }

    private void helper() throws IOException {
        program("koine-keyring-vault", """
                echo "$1" >> "$STORE/calls"
                while read -r line && [ -n "$line" ]; do
                  echo "$line" >> "$STORE/calls"
                  case $line in id=*) id=${line#id=};; secret=*) secret=${line#secret=};; esac
                done
                case $1 in
                  store) printf %s "$secret" > "$STORE/$id";;
                  get) echo "later=more"; [ -f "$STORE/$id" ] && echo "secret=$(cat "$STORE/$id")"; exit 0;;
                  erase) rm -f "$STORE/$id";;
                esac
                """);
    }

    private Secrets secrets(String place) {
        // Nothing of this machine, which may have a keyring of its own.
        var env = Map.of("PATH", bin.toString(), "STORE", store.toString());
        return new Secrets(paths, env, CommandRunner.shell(env), () -> new KeySettings(place, Optional.empty()),
                learned::add);
    }

    private Secrets secrets() {
        return secrets(KeySettings.AUTO);
    }

    private String credentials() throws IOException {
        return Files.readString(paths.credentialsFile());
    }

    @Test
    void theSystemsKeyringIsUsedWhereThereIsOne() throws Exception {
        secretTool();
        var stored = secrets().store("groq", KEY, HOME);

        assertThat(stored.place()).isEqualTo("the system keyring (secret-tool)");
        assertThat(stored.notice()).isEmpty();
        assertThat(secrets().resolve(GROQ).value()).isEqualTo(KEY);
        assertThat(credentials()).contains("kept-in = \"secret-tool\"", "origin = \"https://api.example\"")
                .doesNotContain(KEY);
        assertThat(store.resolve("calls")).content().startsWith("store --label=Koine: groq service koine id groq\n")
                .doesNotContain(KEY);
    }

    @Test
    void aListOpensNoKeyring() throws Exception {
        secretTool();
        secrets().store("groq", KEY, HOME);
        Files.delete(store.resolve("calls"));

        assertThat(secrets().describe(GROQ).describe(Instant.now()))
                .isEqualTo("25 characters, ends …x9f2, set just now");
        assertThat(secrets().stored()).containsExactly("groq");
        assertThat(store.resolve("calls")).doesNotExist();
    }

    @Test
    void withoutAKeyringAFileIsUsedAndSaidOnce() throws Exception {
        var first = secrets().store("groq", KEY);
        var second = secrets().store("mistral", NEW);

        assertThat(first.place()).isEqualTo("~/koine/credentials.toml, readable by you only");
        assertThat(first.notice()).contains("there is no system keyring here (no secret-tool in PATH): keys are kept in"
                + " ~/koine/credentials.toml");
        assertThat(second.notice()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.credentialsFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatWasAskedForIsNotTalkedAbout() throws Exception {
        secretTool();
        assertThat(secrets(KeySettings.FILE).store("groq", KEY).notice()).isEmpty();
        assertThat(credentials()).contains(KEY);
        assertThat(store.resolve("calls")).doesNotExist();
    }

    @Test
    void aKeyringThatTakesNothingIsReplacedByTheFile() throws Exception {
        program("secret-tool", "echo 'Cannot autolaunch D-Bus without X11' >&2; exit 1\n");
        var stored = secrets().store("groq", KEY);

        assertThat(stored.notice()).hasValueSatisfying(notice -> assertThat(notice)
                .startsWith("the system keyring (secret-tool) did not take the key (exit code 1): keys are kept in"));
        assertThat(secrets().resolve(GROQ).value()).isEqualTo(KEY);
        assertThatThrownBy(() -> secrets("secret-tool").store("groq", KEY)).hasMessage(
                "the system keyring (secret-tool) did not take the key (exit code 1)");
    }

    @Test
    void whatTheKeyringComplainsAboutIsSaid() throws Exception {
        program("secret-tool", "echo '** Message: x' >&2; echo 'secret-tool: Cannot autolaunch D-Bus' >&2; exit 1\n");
        assertThatThrownBy(() -> secrets("secret-tool").store("groq", KEY)).hasMessage(
                "the system keyring (secret-tool) did not take the key (Cannot autolaunch D-Bus)");
    }

    @Test
    void keysInTheFileCanBeMovedIntoAKeyringThatAnswers() throws Exception {
        secrets().store("groq", KEY, HOME);
        assertThat(secrets().movable()).as("no keyring").isEmpty();
        program("secret-tool", "echo 'secret-tool: Cannot autolaunch D-Bus' >&2; exit 1\n");
        assertThat(secrets().movable()).as("a keyring that does not answer").isEmpty();
        assertThatThrownBy(() -> secrets().move("groq")).isInstanceOf(SecretException.class);
        assertThat(secrets().resolve(GROQ).value()).isEqualTo(KEY);

        secretTool();
        assertThat(secrets(KeySettings.FILE).movable()).as("the file is wanted").isEmpty();
        assertThat(secrets().movable()).containsExactly("groq");
        secrets().move("groq");

        assertThat(secrets().movable()).isEmpty();
        assertThat(credentials()).contains("kept-in = \"secret-tool\"", "origin = \"https://api.example\"", "set-at")
                .doesNotContain(KEY);
        assertThat(secrets().resolve(GROQ, HOME).value()).isEqualTo(KEY);
    }

    @Test
    void aLockedKeyringIsSaid() throws Exception {
        secretTool();
        secrets().store("groq", KEY);
        Files.delete(store.resolve("groq"));

        var failure = catchThrowableOfType(SecretException.class, () -> secrets().resolve(GROQ));
        assertThat(failure.kind()).isEqualTo(Kind.MISSING);
        assertThat(failure).hasMessage("the system keyring (secret-tool) gives no key for groq");
        assertThat(failure.fix()).isEqualTo("unlock it, or koine keys set groq");
    }

    @Test
    void aHelperProgramSpeaksInLines() throws Exception {
        helper();
        assertThat(secrets("vault").store("groq", KEY, HOME).place()).isEqualTo("the keyring vault");
        assertThat(secrets("vault").resolve(GROQ).value()).isEqualTo(KEY);
        assertThat(secrets("vault").remove("groq")).isTrue();

        assertThat(store.resolve("calls")).content().isEqualTo("""
                store
                service=koine
                id=groq
                origin=https://api.example
                secret=%s
                get
                service=koine
                id=groq
                erase
                service=koine
                id=groq
                """.formatted(KEY));
        assertThat(store.resolve("groq")).doesNotExist();
        assertThat(secrets("vault").stored()).isEmpty();
    }

    @Test
    void aHelperThatIsNotThereIsNamed() throws Exception {
        assertThatThrownBy(() -> secrets("vault").store("groq", KEY)).hasMessage(
                "there is no program koine-keyring-vault in PATH, which reaches the keyring vault");
        helper();
        secrets("vault").store("groq", KEY);
        Files.delete(bin.resolve("koine-keyring-vault"));
        assertThatThrownBy(() -> secrets().resolve(GROQ)).hasMessageContaining("koine-keyring-vault");
    }

    @Test
    void aHelperThatFailsIsNamedWithoutTheKey() throws Exception {
        program("koine-keyring-vault", "cat >&2; exit 3\n");
        assertThatThrownBy(() -> secrets("vault").store("groq", "short")).hasMessage(
                "the keyring vault ended with exit code 3 at store");
    }

    @Test
    void aKeyThatMovesLeavesNothingBehind() throws Exception {
        secretTool();
        secrets().store("groq", KEY);
        secrets(KeySettings.FILE).store("groq", NEW);

        assertThat(store.resolve("groq")).doesNotExist();
        assertThat(secrets().resolve(GROQ).value()).isEqualTo(NEW);
    }

    @Test
    void aStoredKeyGoesOnlyWhereItBelongs() throws Exception {
        secrets().store("groq", KEY, HOME);
        assertThat(secrets().resolve(GROQ, HOME).value()).isEqualTo(KEY);
        for (String other : List.of("https://evil.example", "http://api.example", "https://api.example:8443")) {
            var failure = catchThrowableOfType(SecretException.class,
                    () -> secrets().resolve(GROQ, Origin.of(URI.create(other))));
            assertThat(failure.kind()).isEqualTo(Kind.ORIGIN);
            assertThat(failure.getMessage()).startsWith("the key stored as groq belongs to https://api.example")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void aNewKeyWaitsUntilItIsSwappedIn() throws Exception {
        for (var place : List.of("secret-tool", KeySettings.FILE)) {
            secretTool();
            var secrets = secrets(place);
            secrets.store("groq", KEY, HOME);
            secrets.storeWaiting("groq", NEW);
            var waiting = secrets.waiting("groq").orElseThrow();

            assertThat(secrets.resolve(GROQ).value()).isEqualTo(KEY);
            assertThat(secrets.resolve(waiting, HOME).value()).isEqualTo(NEW);
            assertThat(catchThrowableOfType(SecretException.class,
                    () -> secrets.resolve(waiting, Origin.of(URI.create("https://evil.example")))).kind())
                    .isEqualTo(Kind.ORIGIN);
            assertThat(secrets.stored()).containsExactly("groq");

            secrets.swap("groq");
            assertThat(secrets.resolve(GROQ, HOME).value()).isEqualTo(NEW);
            assertThat(secrets.waiting("groq")).isEmpty();
            assertThat(credentials()).doesNotContain(KEY);
            secrets.remove("groq");
        }
        assertThat(store.resolve("groq")).doesNotExist();
        assertThat(store.resolve("groq@next")).doesNotExist();
    }

    @Test
    void aKeyThatWaitsCanBeForgotten() {
        secrets().store("groq", KEY);
        secrets().storeWaiting("groq", NEW);
        assertThat(secrets().removeWaiting("groq")).isTrue();
        assertThat(secrets().resolve(GROQ).value()).isEqualTo(KEY);
        assertThatThrownBy(() -> secrets().swap("groq")).hasMessage("no new key of groq waits");
        assertThatThrownBy(() -> secrets().storeWaiting("none", NEW)).hasMessage("no key is stored as none");
    }

    @Test
    void everySecretIsLearnedBeforeItIsHandedOut() throws Exception {
        secretTool();
        secrets().store("groq", KEY);
        secrets().resolve(GROQ);
        assertThat(learned).extracting(Secret::value).containsOnly(KEY).hasSize(2);
    }

    @Test
    void aTokenOfEntraIdComesFromItsCommand() throws Exception {
        program("az", "[ \"$1 $2\" = 'account get-access-token' ] && echo eyJ0eXAiOiJKV1QifQ.e30.signature\n");
        assertThat(secrets().resolve(new SecretRef("command:az account get-access-token --resource "
                + "https://cognitiveservices.azure.com --query accessToken -o tsv")).value())
                .isEqualTo("eyJ0eXAiOiJKV1QifQ.e30.signature");
    }
}
