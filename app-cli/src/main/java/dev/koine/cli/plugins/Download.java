package dev.koine.cli.plugins;

import dev.koine.api.FailureKind;
import dev.koine.api.ProviderFailureException;
import dev.koine.cli.command.Context;
import dev.koine.cli.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A jar from an address, in a folder that lasts until this is closed.
 *
 * @param file the jar, called as in its address
 */
record Download(Path file) implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*\\.jar");

    static boolean isAddress(String word) {
        return word.startsWith("https://") || word.startsWith("http://");
    }

    static Download of(Context context, String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw wrong(address, "it is no address");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!NAME.matcher(name).matches() || uri.getHost() == null) {
            throw wrong(address, "it does not end in the name of a jar");
        }
        byte[] bytes = bytes(context, uri);
        try {
            Path folder = Files.createTempDirectory("koine-download-");
            var download = new Download(folder.resolve(name));
            Files.write(download.file, bytes);
            return download;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Context context, URI uri) {
        try {
            return context.koine().download(uri);
        } catch (ProviderFailureException e) {
            var failure = e.failure();
            if (failure.kind() != FailureKind.REDIRECT) {
                throw e;
            }
            throw failure.toBuilder().why("a jar comes from where you say; nothing was asked there")
                    .fix("koine plugins add URL          with the address that it redirects to").build().toException();
        }
    }

    private static RuntimeException wrong(String address, String why) {
        return Problem.usage("koine plugins add takes a jar or its address, not " + address).why(why)
                .fix("koine plugins add https://acme.example/acme-chat.jar").toException();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
