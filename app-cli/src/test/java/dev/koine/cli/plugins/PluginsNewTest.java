package dev.koine.cli.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koine.api.Json;
import dev.koine.cli.CliRun;
import dev.koine.cli.CliRun.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code koine plugins new} writes, and what it refuses. That the project builds is tried where Maven may run. */
class PluginsNewTest {
    private static final List<String> ACME = List.of("pom.xml", "src/main/java/module-info.java",
            "src/main/java/com/example/acme/AcmeProvider.java",
            "src/main/resources/META-INF/services/dev.koine.spi.ProviderSpi",
            "src/test/java/com/example/acme/AcmeContractTest.java",
            "src/test/java/com/example/acme/AcmeProviderTest.java", "README.md", ".github/workflows/build.yml",
            ".gitignore");

    @TempDir Path home;

    private Ran run(String... words) {
        return CliRun.in(home).run(Stream.concat(Stream.of("plugins", "new"), Stream.of(words)).toArray(String[]::new));
    }

    private String text(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }

    private List<String> written(String folder) throws IOException {
        Path root = home.resolve(folder);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).toList();
        }
    }

    @Test
    void aProjectIsWrittenAndItsFilesAreListed() throws Exception {
        Ran ran = run("acme");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.lines()).containsExactlyElementsOf(ACME.stream().map(file -> "acme/" + file).toList());
        assertThat(ran.err()).startsWith("koine: next: mvn -f acme verify");
        assertThat(written("acme")).containsExactlyInAnyOrderElementsOf(ACME);
    }

    @Test
    void nothingIsLeftToFillIn() throws Exception {
        run("my-llm2", "--package", "org.corp.llm");
        for (String file : written("my-llm2")) {
            assertThat(text("my-llm2/" + file)).as(file).doesNotContain("{{", "}}", "acme");
        }
    }

    @Test
    void idAndPackageStandWhereTheyBelong() throws Exception {
        assertThat(run("my-llm", "--dir", "deep/down", "--package", "org.corp.llm").exit()).isZero();
        assertThat(text("deep/down/src/main/java/module-info.java")).contains("module org.corp.llm {",
                "with org.corp.llm.MyLlmProvider;");
        assertThat(text("deep/down/src/main/java/org/corp/llm/MyLlmProvider.java")).contains("package org.corp.llm;",
                "class MyLlmProvider", "\"my-llm\"", "\"x-my-llm-key\"");
        assertThat(text("deep/down/src/main/resources/META-INF/services/dev.koine.spi.ProviderSpi"))
                .isEqualTo("org.corp.llm.MyLlmProvider\n");
        assertThat(text("deep/down/pom.xml")).contains("<groupId>org.corp.llm</groupId>",
                "<artifactId>my-llm</artifactId>", "<finalName>my-llm</finalName>");
    }

    @Test
    void aDryRunListsTheFilesAndWritesNone() {
        Ran ran = run("acme", "--dry-run");
        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).hasSize(ACME.size()).contains("acme/pom.xml");
        assertThat(ran.err()).isEqualTo("koine: dry run: nothing was written\n");
        assertThat(home.resolve("acme")).doesNotExist();
    }

    @Test
    void aProgramGetsOneDocument() {
        Json.Obj json = run("acme", "--json").json();
        assertThat(json.text("schema")).contains("koine/scaffold.v1");
        assertThat(json.text("id")).contains("acme");
        assertThat(json.text("package")).contains("com.example.acme");
        assertThat(json.text("directory")).contains(home.resolve("acme").toString());
        assertThat(json.get("dry_run")).contains(Json.of(false));
        assertThat(json.get("files")).contains(Json.strings(ACME));
    }

    @ParameterizedTest
    @CsvSource({"Acme,acme", "acme_chat,acme-chat", "2acme,acme", "acme-,acme", "a--b,a-b", "..,my-dialect",
        "../up,up", "'',my-dialect", "é,my-dialect"})
    void anIllegalIdIsRefusedWithALegalOne(String id, String better) {
        Ran ran = run(id);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("error: '" + id + "' is no dialect id\n"
                + "  why:  an id is lower-case letters, digits and single dashes, a letter first\n"
                + "  fix:  koine plugins new " + better + "\n");
    }

    @ParameterizedTest
    @CsvSource({"koine,it is a name that Koine keeps for itself,my-koine",
        "koine-acme,it is a name that Koine keeps for itself,acme",
        "sim,it is a name that Koine keeps for itself,my-sim", "azure,it is one of Koine's own dialects,my-azure",
        "openai-bare,it is one of Koine's own dialects,my-openai-bare"})
    void anIdThatIsTakenIsRefused(String id, String why, String better) {
        Ran ran = run(id);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("error: a new dialect cannot be called " + id + "\n  why:  " + why
                + "\n  fix:  koine plugins new " + better + "\n");
        assertThat(home.resolve(id)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme-koine", "com..acme", "com.new.acme", "1com", ""})
    void aPackageThatJavaRefusesIsRefused(String name) {
        Ran ran = run("acme", "--package", name);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("error: '" + name + "' cannot be the package\n"
                + "  why:  a package is Java names with dots between them, none of them a word of the language\n"
                + "  fix:  koine plugins new acme --package com.example.dialect\n");
        assertThat(home.resolve("acme")).doesNotExist();
    }

    @Test
    void aDialectWhoseNameIsAWordOfTheLanguageWantsAPackage() {
        assertThat(run("new").err()).startsWith("error: 'com.example.new' cannot be the package\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.koine", "dev.koine.acme"})
    void aPackageOfKoinesOwnIsRefused(String name) {
        Ran ran = run("acme", "--package", name);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(
                "  why:  packages below dev.koine are Koine's own, and a jar with one is refused\n");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("acme")).resolve("notes.txt"), "mine");
        for (String[] words : new String[][]{{"acme"}, {"acme", "--dry-run"}}) {
            Ran ran = run(words);
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).isEqualTo("error: acme is not free\n"
                    + "  why:  the folder is not empty: it holds notes.txt\n"
                    + "  fix:  koine plugins new acme --dir OTHER\n");
        }
        assertThat(written("acme")).containsExactly("notes.txt");
    }

    @Test
    void anEmptyFolderIsFilled() throws Exception {
        Files.createDirectories(home.resolve("acme"));
        assertThat(run("acme").exit()).isZero();
        assertThat(home.resolve("acme/pom.xml")).exists();
    }

    @Test
    void aFileInTheWayIsLeftAlone() throws Exception {
        Files.writeString(home.resolve("acme"), "mine");
        Ran ran = run("acme");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("  why:  there is a file of that name\n");
        assertThat(text("acme")).isEqualTo("mine");
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsNamed() throws Exception {
        Files.writeString(home.resolve("file"), "mine");
        Ran ran = run("acme", "--dir", "file/acme");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).startsWith("error: the project cannot be written to file/acme\n").hasLineCount(3);
    }
}
