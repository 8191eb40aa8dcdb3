package dev.koine.core.config;

import dev.koine.core.config.ConfigDocument.Position;
import dev.koine.core.config.ConfigDocument.Spot;
import dev.koine.core.config.ConfigProblem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects problems, each at its place in the strongest layer that sets the key, and with no secret in its source line. */
final class Problems {
    private final List<Layer> layers;
    private final List<ConfigProblem> found = new ArrayList<>();

    /** Create a collector for layers, the weakest first, at least one. */
    Problems(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    private Layer owner(List<String> key) {
        return layers.reversed().stream().filter(layer -> layer.has(key)).findFirst().orElseGet(layers::getLast);
    }

    List<ConfigProblem> found() {
        return found;
    }

    /** Report a problem with a key's name. */
    void atKey(List<String> key, String message, String hint, String fix) {
        add(Severity.ERROR, key, owner(key).positionOf(key).map(Position::key), message, hint, fix);
    }

    /** Report a problem with a key's value. */
    void atValue(List<String> key, String message, String hint, String fix) {
        add(Severity.ERROR, key, owner(key).positionOf(key).map(Position::value), message, hint, fix);
    }

    /** Report something about a key's value that does no harm. */
    void noticeAtValue(List<String> key, String message, String fix) {
        add(Severity.NOTICE, key, owner(key).positionOf(key).map(Position::value), message, "", fix);
    }

    /** Report a problem with an element of a list. */
    void atElement(List<String> key, int index, String message, String hint, String fix) {
        add(Severity.ERROR, key, owner(key).positionOf(key, index), message, hint, fix);
    }

    /** Report a secret where a reference belongs; not more than its beginning is shown. */
    void atSecret(List<String> key, String secret, String message, String hint, String fix) {
        var spot = owner(key).positionOf(key).map(Position::value)
                .map(at -> new Spot(at.line(), at.column(), Mask.start(secret).length() + 2, at.sourceLine()));
        add(Severity.ERROR, key, spot, message, hint, fix);
    }

    private void add(Severity severity, List<String> key, Optional<Spot> spot, String message, String hint,
            String fix) {
        var builder = ConfigProblem.builder(severity, owner(key).file(), message).key(Keys.join(key));
        spot.ifPresent(at -> builder.at(at.line(), at.column(), at.length(), masked(key, at)));
        if (!hint.isEmpty()) {
            builder.hint(hint);
        }
        if (!fix.isEmpty()) {
            builder.fix(fix);
        }
        found.add(builder.build());
    }

    private static String masked(List<String> key, Spot at) {
        boolean secret = ConfigKeys.find(key).filter(setting -> setting.type() == Setting.Type.SECRET).isPresent();
        String line = Mask.line(at.sourceLine());
        if (!secret || Mask.isSecretName(key.getLast())) {
            return line;
        }
        return line.substring(0, Math.min(line.length(), Math.max(0, at.column() - 1)));
    }

    /** Return a problem with a file as a whole. */
    static ConfigProblem ofFile(Path file, String message, String fix) {
        return ConfigProblem.builder(Severity.ERROR, file, message).fix(fix).build();
    }
}
