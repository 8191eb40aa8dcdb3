package dev.koine.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a jar that was compiled against the api and the spi may have linked to, a line each. */
final class Surface {
    private Surface() {}

    /** Return the public types of the package that {@code type} stands in. */
    static List<Class<?>> types(Class<?> type) {
        Path place = Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
        String folder = type.getPackageName().replace('.', '/');
        try {
            if (Files.isDirectory(place)) {
                return types(type, place.resolve(folder));
            }
            try (var jar = FileSystems.newFileSystem(place)) {
                return types(type, jar.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> types(Class<?> type, Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.equals("package-info.class")).sorted()
                    .<Class<?>>map(name -> named(type, type.getPackageName() + "."
                            + name.substring(0, name.length() - ".class".length())))
                    .filter(Surface::isPublic).toList();
        }
    }

    private static Class<?> named(Class<?> neighbour, String name) {
        try {
            return Class.forName(name, false, neighbour.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    /** Return the lines of a type: the type itself, and each member that another jar can link to. */
    static Set<String> of(Class<?> type) {
        var lines = new TreeSet<String>();
        lines.add(type.getName());
        for (var constructor : type.getConstructors()) {
            lines.add(type.getName() + "#new" + parameters(constructor));
        }
        for (var method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !isObjects(method)) {
                lines.add(line(type, method));
            }
        }
        for (var field : type.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && !field.isSynthetic()) {
                lines.add(type.getName() + "#" + field.getName() + " " + field.getType().getName());
            }
        }
        return lines;
    }

    /** Every record has these anyway. */
    private static boolean isObjects(Method method) {
        return Set.of("equals", "hashCode", "toString").contains(method.getName());
    }

    private static String line(Class<?> type, Method method) {
        boolean must = type.isInterface() && Modifier.isAbstract(method.getModifiers());
        return type.getName() + "#" + method.getName() + parameters(method) + " " + method.getReturnType().getName()
                + (must ? " abstract" : "");
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getParameterTypes()).map(Class::getName)
                .collect(Collectors.joining(",", "(", ")"));
    }

    /** Return the whole surface. */
    static Stream<Class<?>> types() {
        return Stream.of(dev.koine.api.Json.class, ProviderSpi.class).flatMap(type -> types(type).stream());
    }
}
