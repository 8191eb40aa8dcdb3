package dev.koine.core.plugin;

import dev.koine.core.dialect.DialectProblem;
import dev.koine.core.dialect.DialectProblem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Problems of one plugin as properties, in which one process leaves them to another. */
final class ProblemList {
    private static final String PROBLEM = "problem.";

    private ProblemList() {}

    static void write(List<DialectProblem> problems, Properties into) {
        write(PROBLEM, problems, into);
    }

    static void write(String prefix, List<DialectProblem> problems, Properties into) {
        for (int i = 0; i < problems.size(); i++) {
            var problem = problems.get(i);
            String at = prefix + i;
            into.setProperty(at + ".kind", problem.kind().name());
            into.setProperty(at + ".message", problem.message());
            problem.fix().ifPresent(fix -> into.setProperty(at + ".fix", fix));
        }
    }

    /** Return the problems, as those of {@code file}; a kind that this version does not know is a broken contract. */
    static List<DialectProblem> read(Properties from, PluginFile file) {
        return read(PROBLEM, from, file);
    }

    static List<DialectProblem> read(String prefix, Properties from, PluginFile file) {
        var problems = new ArrayList<DialectProblem>();
        for (int i = 0; from.containsKey(prefix + i + ".message"); i++) {
            String kind = from.getProperty(prefix + i + ".kind");
            problems.add(new DialectProblem(
                    Arrays.stream(Kind.values()).filter(known -> known.name().equals(kind)).findFirst()
                            .orElse(Kind.CONTRACT),
                    file.name(), Optional.of(file.path()), from.getProperty(prefix + i + ".message"),
                    Optional.ofNullable(from.getProperty(prefix + i + ".fix"))));
        }
        return problems;
    }

    /** Return what a file holds; nothing where there is none. */
    static Properties load(Path file) throws IOException {
        var found = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                found.load(in);
            }
        }
        return found;
    }

    /** Write a file: as a whole or not at all. */
    static void store(Properties properties, Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            properties.store(out, null);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
