package dev.koine.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.koine.cli.command.Context;
import dev.koine.cli.command.Version;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at what Koine runs on: Java, local servers, terminal. */
final class MachineCheck {
    private final Context context;

    MachineCheck(Context context) {
        this.context = requireNonNull(context, "context is null");
    }

    Checkup koine() {
        String vendor = System.getProperty("java.vendor.version", System.getProperty("java.vendor", ""));
        String java = "Java " + System.getProperty("java.version") + (vendor.isEmpty() ? "" : " (" + vendor + ")");
        boolean cached = ProcessHandle.current().info().arguments().stream().flatMap(Arrays::stream)
                .anyMatch(word -> word.startsWith("-XX:AOTCache="));
        return new Checkup.Findings().in("Koine " + Version.number(), java + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + (cached ? ", start-up cache in use" : ", no start-up cache"));
    }

    Checkup localServers() {
        var found = context.surroundings().localServers().find(context.koine().presets().all());
        String running = found.servers().stream().map(server -> server.name() + " on :" + server.port() + " ("
                + server.models().size() + (server.models().size() == 1 ? " model)" : " models)"))
                .collect(Collectors.joining(", "));
        return new Checkup.Findings().in("Local servers", running.isEmpty() ? "none on the usual ports" : running);
    }

    Checkup terminal() {
        var surroundings = context.surroundings();
        boolean utf8 = surroundings.terminal().equals(UTF_8);
        String columns = surroundings.variable("COLUMNS").map(count -> ", " + count + " columns").orElse("");
        var findings = new Checkup.Findings();
        if (surroundings.tty().out() && !utf8) {
            findings.warn(
                    "the terminal speaks " + surroundings.terminal().name() + ", so that signs are written as words",
                    List.of("export LC_ALL=C.UTF-8"));
        }
        return findings.in("Terminal", surroundings.tty().out()
                ? (context.style().colored() ? "colour, " : "no colour, ") + surroundings.terminal().name() + columns
                : "none; plain text is written");
    }
}
