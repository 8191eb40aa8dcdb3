package dev.koine.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Jars that no build tool makes, and places where no jar should lie. */
@DisabledOnOs(OS.WINDOWS)
class UnfitJarsTest extends DroppedPlugins {
    @Test
    void anEntryThatLeadsOutOfTheJar() throws IOException {
        for (String name : List.of("../evil.sh", "a/../../evil.sh", "/etc/passwd", "C:evil", "a\\..\\evil", "a\nb",
                "..")) {
            Path jar = dialect("").at(bad());
            FixtureJars.append(jar, name, new byte[]{1});

            is(refusal(), Kind.ARCHIVE, "bad.jar has an entry that leads out of it: " + name.replace('\n', '?'));
        }
    }

    @Test
    void anEntryThatIsThereTwice() throws IOException {
        Path jar = dialect("").at(bad());
        FixtureJars.append(jar, "bad/chat/Bae.class", new byte[]{1});
        byte[] bytes = Files.readAllBytes(jar);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("bad/chat/Bae.class",
                "bad/chat/Bad.class");
        Files.write(jar, text.getBytes(StandardCharsets.ISO_8859_1));

        is(refusal(), Kind.ARCHIVE, "bad.jar has the entry bad/chat/Bad.class twice");
    }

    @Test
    void aJarThatUnpacksToFarMoreThanItIs() throws IOException {
        Path jar = dialect("").at(bad());
        FixtureJars.append(jar, "zeros", new byte[80 << 20]);

        is(refusal(), Kind.ARCHIVE, "bad.jar unpacks to more than 100 times its size");
    }

    @Test
    void aJarOfMoreEntriesThanAnybodyNeeds() throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(bad()))) {
            for (int i = 0; i <= 50_000; i++) {
                zip.putNextEntry(new ZipEntry("e" + i));
            }
        }

        is(refusal(), Kind.ARCHIVE, "bad.jar has more than 50000 entries");
    }

    @Test
    void aHugeJarIsNotEvenRead() throws IOException {
        try (var file = new java.io.RandomAccessFile(bad().toFile(), "rw")) {
            file.setLength(300L << 30);
        }

        is(refusal(), Kind.ARCHIVE, "bad.jar is larger than 256 MiB");
    }

    @Test
    void aLinkOutOfTheFolder() throws IOException {
        Path real = dialect("").at(home.resolve("elsewhere").resolve("real.jar"));
        Files.createSymbolicLink(bad(), real);

        var problem = refusal();

        is(problem, Kind.LINK, "bad.jar is a link that leads out of the plugins folder: " + real.toRealPath());
        assertThat(problem.fix()).contains("put the jar itself into the plugins folder");
    }

    @Test
    void aLinkToNowhere() throws IOException {
        Files.createSymbolicLink(bad(), home.resolve("nowhere.jar"));

        is(refusal(), Kind.LINK, "bad.jar is a link that leads nowhere: " + home.resolve("nowhere.jar"));
    }

    @Test
    void aLinkInsideTheFolderIsFine() throws IOException {
        Path real = dialect("").at(folder.resolve("real.jar"));
        Files.createSymbolicLink(bad(), real);

        assertThat(plugins.trust("bad").problems()).isEmpty();
    }

    @Test
    void aFolderOfJarsThatIsALink() throws IOException {
        dialect("").at(home.resolve("elsewhere").resolve("bad.jar"));
        Files.createSymbolicLink(folder.resolve("bad"), home.resolve("elsewhere"));

        assertThat(refusal().kind()).isEqualTo(Kind.LINK);
    }

    @Test
    void aJarThatOthersMayWrite() throws IOException {
        Path jar = dialect("").at(bad());
        for (String modes : List.of("rw-rw-rw-", "rw-r--rw-")) {
            Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString(modes));

            var problem = refusal();

            is(problem, Kind.WRITABLE, "others may write to " + jar.toRealPath());
            assertThat(problem.fix()).contains("chmod go-w " + jar.toRealPath());
        }
    }

    @Test
    void aFolderThatOthersMayWriteAlsoAfterItsJarsWereTrusted() throws IOException {
        dialect("").at(bad());
        assertThat(plugins.trust("bad").problems()).isEmpty();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        var problem = refusal();

        is(problem, Kind.WRITABLE, "others may write to " + folder.toRealPath());
        assertThat(plugins.dialects()).isEmpty();
        assertThat(plugins.list().getFirst().state()).isEqualTo(PluginInfo.State.REFUSED);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(plugins.open("bad")).isPresent();
    }

    @Test
    void aFolderAboveThatAnyoneMayRename() throws IOException {
        dialect("").at(bad());
        Path above = home.resolve("koine").toRealPath();
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));

        is(refusal(), Kind.WRITABLE, "others may write to " + above);
    }

    @Test
    void aJarThatIsReplacedBetweenCheckAndLoad() throws IOException {
        Path jar = dialect("").at(bad());
        var file = PluginFile.of(jar).orElseThrow();
        String checked = file.sha256();
        jars.jar("bad.chat").version("2").dialect("bad.chat", "Bad", "bad", "").at(jar);

        assertThat(new PluginCache(home.resolve("cache")).copy(file, checked)).isEmpty();
        assertThat(home.resolve("cache").resolve(checked)).doesNotExist();
    }

    @Test
    void theCopiesCanBeReachedByNobodyElse() throws IOException {
        var file = PluginFile.of(dialect("").at(bad())).orElseThrow();

        var copy = new PluginCache(home.resolve("cache")).copy(file, file.sha256()).orElseThrow();

        assertThat(copy.sha256()).isEqualTo(file.sha256());
        for (Path path : List.of(home.resolve("cache"), copy.path().getParent())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
        }
    }
}
