package dev.koine.openai.wire;

import dev.koine.api.Citation;
import dev.koine.api.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one JSON object of an answer says: a whole answer, or one chunk of a stream. Reused from chunk to chunk. */
final class Answer {
    /** Whether id and model are still unknown; once they are known they are passed over. */
    boolean wantsId = true;
    boolean wantsModel = true;
    @Nullable String id;
    @Nullable String model;
    boolean hasChoices;
    boolean hasError;
    Json.@Nullable Obj usage;
    /** Usage at a place that counts only if none comes at the usual one. */
    Json.@Nullable Obj secondUsage;
    final List<Citation> citations = new ArrayList<>();
    /** What was searched: the citations, where no list of these comes. */
    final List<Citation> sources = new ArrayList<>();
    final List<String> filtered = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private int count;

    void clear() {
        id = null;
        model = null;
        hasChoices = false;
        hasError = false;
        usage = null;
        secondUsage = null;
        if (!citations.isEmpty()) {
            citations.clear();
        }
        if (!sources.isEmpty()) {
            sources.clear();
        }
        if (!filtered.isEmpty()) {
            filtered.clear();
        }
        count = 0;
    }

    void clearPieces() {
        count = 0;
    }

    /** Return a cleared piece for the next entry of {@code choices}, whose index is its position until it says another. */
    Piece next(int position) {
        if (count == pieces.size()) {
            pieces.add(new Piece());
        }
        var piece = pieces.get(count++);
        piece.clear(position);
        return piece;
    }

    int count() {
        return count;
    }

    Piece piece(int number) {
        return pieces.get(number);
    }
}
