package dev.koine.api;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;

/** One part of a message: text, an image, or something that Koine has no type for. */
public sealed interface ContentPart {

    /** Text. */
    record Text(String text) implements ContentPart {
        public Text {
            requireNonNull(text, "text is null");
        }
    }

    /**
     * An image.
     *
     * @param url an {@code https:} address or a {@code data:} URL (RFC 2397)
     * @param detail how closely the model should look, in the service's words ({@code low}, {@code high}, {@code auto})
     */
    record Image(String url, Optional<String> detail) implements ContentPart {
        public Image {
            requireNonNull(url, "url is null");
            requireNonNull(detail, "detail is null");
        }

        /** Return an image at {@code url}, without a wish about detail. */
        public static Image at(String url) {
            return new Image(url, Optional.empty());
        }

        /** Return an image that travels inside the request, as a {@code data:} URL. */
        public static Image of(String mediaType, byte[] bytes) {
            return at("data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes));
        }
    }

    /**
     * A part of another kind, sent as it is where the dialect has free-form parts.
     *
     * @param type what it is called in the request, such as {@code input_audio}
     * @param value the whole part, its type included
     */
    record Other(String type, Json.Obj value) implements ContentPart {
        public Other {
            requireNonNull(type, "type is null");
            requireNonNull(value, "value is null");
        }
    }
}
