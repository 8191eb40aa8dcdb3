package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a small object in their order, found by trying one after the other. Immutable. Requests and answers consist
 * of small objects, which cost a fraction of a hashed map this way.
 */
final class JsonMembers extends AbstractMap<String, Json> {
    /** How many members are sooner tried than hashed. */
    private static final int MOST = 8;

    private final List<Map.Entry<String, Json>> entries;

    private JsonMembers(List<Map.Entry<String, Json>> entries) {
        this.entries = entries;
    }

    /** Return the members in an immutable map of the same order. */
    static Map<String, Json> copyOf(Map<String, Json> members) {
        if (members instanceof JsonMembers) {
            return members;
        }
        if (members.size() > MOST) {
            var copy = new LinkedHashMap<>(members);
            copy.forEach(JsonMembers::check);
            return Collections.unmodifiableMap(copy);
        }
        var builder = new Builder();
        members.forEach(builder::put);
        return builder.build();
    }

    private static void check(String name, Json value) {
        requireNonNull(name, "name is null");
        requireNonNull(value, "value is null");
    }

    @Override
    public @Nullable Json get(@Nullable Object name) {
        for (var entry : entries) {
            if (entry.getKey().equals(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, Json>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Json>> iterator() {
                return Collections.unmodifiableList(entries).iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    /** Collects members; a later value of the same name takes the place of the earlier one. */
    static final class Builder {
        private List<Map.Entry<String, Json>> few = new ArrayList<>(4);
        /** Whether the few were handed on, and so may no longer change. */
        private boolean built;
        private @Nullable Map<String, Json> many;

        void put(String name, Json value) {
            check(name, value);
            if (many != null) {
                many.put(name, value);
                return;
            }
            if (built) {
                few = new ArrayList<>(few);
                built = false;
            }
            var member = Map.entry(name, value);
            for (int i = 0; i < few.size(); i++) {
                if (few.get(i).getKey().equals(name)) {
                    few.set(i, member);
                    return;
                }
            }
            few.add(member);
            if (few.size() > MOST) {
                many = new LinkedHashMap<>();
                for (var entry : few) {
                    many.put(entry.getKey(), entry.getValue());
                }
            }
        }

        /** Return the members; of many, which later ones may still join, {@link #copyOf} has to make a copy. */
        Map<String, Json> build() {
            if (many != null) {
                return many;
            }
            built = true;
            return new JsonMembers(few);
        }
    }
}
