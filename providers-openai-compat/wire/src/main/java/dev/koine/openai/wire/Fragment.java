package dev.koine.openai.wire;

import dev.koine.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a tool call as it stands in one message or delta. */
final class Fragment {
    /** The call's number as sent; -1 where none was. */
    int index = -1;
    @Nullable String id;
    @Nullable String type;
    String name = "";
    @Nullable String arguments;
    /** Fields that Koine has no type for, such as a signature that the service wants back. */
    final Map<String, Json> others = new LinkedHashMap<>();
}
