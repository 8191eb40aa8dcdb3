package dev.koine.cli.plugins;

import dev.koine.api.Json;
import dev.koine.spi.ProviderSpi;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** Makes jars as a stranger would, with javac and jar, and drops them into the plugins folder of a home. */
final class DroppedJars {
    /** Where a jar can be made worse. */
    static final String FIELDS = "/* fields */";
    static final String DESCRIPTOR = "DialectDescriptor.of(ID, \"Speaks \" + ID)";
    static final String CREATE = "return new Wire(config);";
    static final String CALL = "return HttpCall.get(URI.create(config.requireBaseUrl() + \"/chat\"), new Auth.None());";
    static final String ACCEPT = "/* accept */";

    private static final String SOURCE = """
            package PACKAGE;

            import dev.koine.api.*;
            import dev.koine.spi.*;
            import java.net.URI;
            import java.util.*;
            import java.util.function.Consumer;

            public final class Plugin implements ProviderSpi {
                static final String ID = "THE-ID";
                /* fields */

                public DialectDescriptor descriptor() {
                    return DialectDescriptor.of(ID, "Speaks " + ID);
                }

                public Provider create(ProviderConfig config) {
                    return new Wire(config);
                }

                record Wire(ProviderConfig config) implements HttpDialect {
                    public HttpCall chat(ModelTarget model, ChatRequest request) {
                        return HttpCall.get(URI.create(config.requireBaseUrl() + "/chat"), new Auth.None());
                    }

                    public void decode(Reply reply, Consumer<ChatEvent> sink) {}

                    public StreamDecoder streamDecoder() {
                        return new StreamDecoder() {
                            public void accept(Frame frame, Consumer<ChatEvent> sink) {
                                /* accept */
                            }

                            public void end(End end, Consumer<ChatEvent> sink) {
                                sink.accept(new ChatEvent.Finished(0, "stop"));
                                sink.accept(new ChatEvent.Ended(true));
                            }
                        };
                    }

                    public ProviderFailure decodeFailure(Reply reply) {
                        return ProviderFailure.of(FailureKind.PROVIDER, "no");
                    }
                }

                /** Answers by itself, and prints where it should not. */
                static final class Answer implements DirectProvider {
                    public void chat(ModelTarget model, ChatRequest request, Call call, Consumer<ChatEvent> sink) {
                        System.out.println("printed by a plugin");
                        sink.accept(new ChatEvent.TextDelta(0, "well done"));
                        sink.accept(new ChatEvent.Finished(0, "stop"));
                        sink.accept(new ChatEvent.Ended(true));
                    }
                }
            }
            """;

    private final Path room;
    private final Path folder;
    private int count;

    DroppedJars(Path home) throws IOException {
        room = Files.createDirectories(home.resolve("build"));
        folder = Files.createDirectories(home.resolve("data/plugins"));
    }

    Path folder() {
        return folder;
    }

    /** Drop a jar with one dialect, in which {@code fresh} stands for {@code old}. */
    Path drop(String id, String old, String fresh) throws IOException {
        return drop(id, folder.resolve(id + ".jar"), old, fresh);
    }

    /** Make such a jar anywhere. */
    Path drop(String id, Path target, String old, String fresh) throws IOException {
        if (!SOURCE.contains(old)) {
            throw new IllegalArgumentException(old);
        }
        String module = "acme.p_" + id.replace('-', '_');
        String source = SOURCE.replace(old, fresh).replace("PACKAGE", module).replace("THE-ID", id);
        Path home = Files.createDirectories(room.resolve("jar" + count++));
        Path out = Files.createDirectories(home.resolve("out"));
        String path = location(ProviderSpi.class) + File.pathSeparator + location(Json.class);
        run("javac", "-d", out.toString(), "--release", "25", "-proc:none", "-nowarn", "-p", path,
                Files.writeString(home.resolve("module-info.java"), "module " + module + " { requires dev.koine.spi; "
                        + "provides dev.koine.spi.ProviderSpi with " + module + ".Plugin; }").toString(),
                Files.writeString(home.resolve("Plugin.java"), source).toString());
        Files.createDirectories(target.getParent());
        run("jar", "--create", "--file", target.toString(), "--module-version", "1.0", "-C", out.toString(), ".");
        return target;
    }

    private static Path location(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void run(String tool, String... arguments) {
        var said = new StringWriter();
        var out = new PrintWriter(said);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments);
        if (code != 0) {
            throw new IllegalStateException(tool + " failed: " + said);
        }
    }
}
