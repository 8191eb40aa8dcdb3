package dev.koine.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.koine.api.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which projects' files the user trusts: by place and text, so that a changed file waits again. A record that others may
 * write counts for nothing.
 */
final class ProjectTrust {
    private static final String HEAD = "# Projects' configuration files that you trust (koine config trust), each with its SHA-256.\n\n";

    private final KoinePaths paths;
    private final Path record;

    ProjectTrust(KoinePaths paths) {
        this.paths = requireNonNull(paths, "paths is null");
        record = paths.projectsLock();
    }

    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Return the digest of the text of a file that the user trusted, or empty. */
    Optional<String> trusted(Path file) {
        try {
            var bits = SafeFile.bits(record);
            if (bits.isPresent() && bits.get().stream().anyMatch(bit -> bit.name().equals("GROUP_WRITE")
                    || bit.name().equals("OTHERS_WRITE"))) {
                return Optional.empty();
            }
            return SafeFile.of(paths, record).read()
                    .flatMap(text -> ConfigDocument.parse(record, text).toJson().text(file.toString()));
        } catch (IOException | InvalidConfigException e) {
            return Optional.empty(); // what cannot be read trusts nothing
        }
    }

    void trust(Path file, String sha256) {
        SafeFile.of(paths, record).edit(text -> ConfigDocument.parse(record, text.isEmpty() ? HEAD : text)
                .with(List.of(file.toString()), Json.of(sha256)).text());
    }

    void distrust(Path file) {
        SafeFile.of(paths, record)
                .edit(text -> ConfigDocument.parse(record, text).without(List.of(file.toString())).text());
    }
}
