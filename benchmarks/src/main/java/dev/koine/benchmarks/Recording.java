package dev.koine.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** One answer in the form in which the largest service sends it, as events of a stream and as a whole. */
final class Recording {
    /** Pieces of text in the stream; a role, an end and the usage come beside them. */
    static final int TEXT_CHUNKS = 200;

    private static final String[] WORDS = {" the", " common", " tongue", " of", " many", " ports", ",", " and", " it",
        " grew", " where", " dialects", " met", ".", " Caf\\u00e9", " \\\"koine\\\"", " na\u00efve", "\\n\\n"};

    private Recording() {}

    /** Return the data of each event, without {@code data:} and line ends. */
    static List<byte[]> chunks() {
        var chunks = new ArrayList<byte[]>();
        chunks.add(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null", "null"));
        for (int i = 0; i < TEXT_CHUNKS; i++) {
            chunks.add(chunk("{\"content\":\"" + WORDS[i * 7 % WORDS.length] + "\"}", "null", "null"));
        }
        chunks.add(chunk("{}", "\"stop\"", "null"));
        chunks.add(("{" + HEAD + "\"choices\":[],\"usage\":" + USAGE + "}").getBytes(UTF_8));
        chunks.add("[DONE]".getBytes(UTF_8));
        return chunks;
    }

    /** Return each event as it travels. */
    static List<byte[]> events() {
        return chunks().stream().map(data -> ("data: " + new String(data, UTF_8) + "\n\n").getBytes(UTF_8)).toList();
    }

    /** Return the whole stream. */
    static byte[] stream() {
        var bytes = new ByteArrayOutputStream();
        events().forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** Return the same answer as one JSON document. */
    static byte[] whole() {
        var text = new StringBuilder();
        for (int i = 0; i < TEXT_CHUNKS; i++) {
            text.append(WORDS[i * 7 % WORDS.length]);
        }
        return ("{" + HEAD.replace(".chunk", "")
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                + text
                + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
                + USAGE + "}").getBytes(UTF_8);
    }

    private static final String HEAD = "\"id\":\"chatcmpl-BxQ7mYd0nT5v1LZkq2cGJ9aRpW8eU\","
            + "\"object\":\"chat.completion.chunk\",\"created\":1750000000,\"model\":\"gpt-4o-mini-2024-07-18\","
            + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_34a54ae93c\",";
    private static final String USAGE = "{\"prompt_tokens\":19,\"completion_tokens\":200,\"total_tokens\":219,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":"
            + "{\"reasoning_tokens\":0,\"audio_tokens\":0,\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";

    private static byte[] chunk(String delta, String reason, String usage) {
        return ("{" + HEAD + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                + reason
                + "}],\"usage\":" + usage + "}").getBytes(UTF_8);
    }
}
