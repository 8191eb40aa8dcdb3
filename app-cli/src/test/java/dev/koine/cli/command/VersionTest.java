package dev.koine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @Test
    void theCommitOfTheBuildIsNamedAndWhetherFilesHadChanged() {
        assertThat(Version.commit(COMMIT + "\n")).contains(COMMIT);
        assertThat(Version.commit(COMMIT + "-dirty")).contains(COMMIT + "-dirty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "${koine.commit}", "fatal: not a git repository", "0123abc"})
    void aBuildWithoutGitNamesNone(String written) {
        assertThat(Version.commit(written)).isEmpty();
    }
}
