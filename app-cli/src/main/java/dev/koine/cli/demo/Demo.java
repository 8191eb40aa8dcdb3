package dev.koine.cli.demo;

import dev.koine.api.Json;
import dev.koine.api.KoineException;
import dev.koine.cli.ask.Statistics;
import dev.koine.cli.command.Command;
import dev.koine.cli.command.Context;
import dev.koine.cli.command.Format;
import dev.koine.cli.problem.ExitCode;
import dev.koine.cli.syntax.Syntax;
import dev.koine.cli.terminal.Output;
import dev.koine.cli.terminal.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code koine demo}: every kind of endpoint, end to end, on this machine. */
public final class Demo implements Command {
    private static final int TITLE_WIDTH = 32;

    /** What came of one row. */
    private record Row(String title, boolean worked, String detail, Duration took) {
        Json.Obj toJson() {
            return Json.object().put("title", title).put("worked", worked).put("detail", detail)
                    .put("ms", took.toMillis()).build();
        }
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("demo", "Ask every kind of endpoint, end to end, on this machine.").example("koine demo")
                .note("Needs no network, no key and no configuration, and leaves nothing behind.");
    }

    @Override
    public ExitCode run(Context context) {
        boolean text = context.globals().format() == Format.TEXT;
        Output out = context.out();
        if (text) {
            out.line("Everything below happens on this machine.").flush();
        }
        long began = System.nanoTime();
        var rows = new ArrayList<Row>();
        try (var stage = DemoStage.open()) {
            for (DemoStage.Scene scene : stage.scenes()) {
                Row row = play(scene);
                rows.add(row);
                if (text) {
                    out.line(line(rows.size(), row, context.style())).flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long worked = rows.stream().filter(Row::worked).count();
        if (text) {
            out.line(
                    worked + " of " + rows.size() + " worked in " + seconds(Duration.ofNanos(System.nanoTime() - began))
                            + ". Next: koine init");
        } else {
            out.json(document(rows, worked));
        }
        return worked == rows.size() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Row play(DemoStage.Scene scene) {
        long began = System.nanoTime();
        boolean worked = true;
        String detail;
        try {
            detail = scene.action().get();
        } catch (KoineException | IllegalStateException | UncheckedIOException e) {
            worked = false;
            detail = String.valueOf(e.getMessage());
        }
        return new Row(scene.title(), worked, detail, Duration.ofNanos(System.nanoTime() - began));
    }

    private static String line(int number, Row row, Style style) {
        return String.format(Locale.ROOT, "%2d ", number) + (row.worked() ? style.ok() : style.bad()) + " "
                + padded(row.title(), TITLE_WIDTH) + "  " + row.detail() + "  " + style.dim(took(row.took()));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String took(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : Statistics.seconds(duration);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static Json.Obj document(List<Row> rows, long worked) {
        return Json.object().put("schema", "koine/demo.v1").put("worked", worked).put("of", rows.size())
                .put("rows", Json.array(rows.stream().map(Row::toJson).toList())).build();
    }
}
