package dev.koine.openai.wire;

import dev.koine.spi.Frame;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * Parses the frames of one stream with one parser, which spares a parser's allocations for each frame: to the parser, all
 * frames are one long input of objects. After a frame that is no JSON a new parser begins.
 */
final class FrameParser {
    private static final JsonFactory FACTORY = JsonTree.FACTORY.rebuild()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE).recyclerPool(new SmallBuffers.Source()).build();

    /** A parser remembers every name that it met: a new one from time to time bounds what a stream can make it keep. */
    private static final int FRAMES_PER_PARSER = 1000;

    private final Feed feed = new Feed();
    private final Blanks blanks = new Blanks();
    private final AnswerReader reader = new AnswerReader(false);
    private @Nullable JsonParser parser;
    private int frames;

    /** Read a frame. Return whether it is one JSON object and nothing else. */
    boolean read(Frame frame, Answer into) {
        if (++frames % FRAMES_PER_PARSER == 0) {
            close();
        }
        feed.set(frame.buffer(), frame.offset(), frame.length());
        try {
            var open = parser == null ? FACTORY.createParser(ObjectReadContext.empty(), feed) : parser;
            parser = open;
            if (open.nextToken() != JsonToken.START_OBJECT) {
                return broken();
            }
            reader.read(open, into);
            blanks.others = false;
            open.releaseBuffered(blanks);
            return feed.isBlank() && !blanks.others || broken();
        } catch (JacksonException e) {
            return broken();
        }
    }

    private boolean broken() {
        close();
        return false;
    }

    /** Give the parser's buffers back. */
    void close() {
        if (parser != null) {
            parser.close();
            parser = null;
        }
    }

    /**
     * The parser's buffers, which it keeps while its stream is idle: sized for a chunk, a quarter of what Jackson takes for
     * a document. What is longer still passes through them.
     */
    private static final class SmallBuffers extends BufferRecycler {
        private static final int BYTES = 2000;
        private static final int CHARS = 1000;

        @Override
        protected int byteBufferLength(int kind) {
            return Math.min(super.byteBufferLength(kind), BYTES);
        }

        @Override
        protected int charBufferLength(int kind) {
            return Math.min(super.charBufferLength(kind), CHARS);
        }

        /** Gives each stream buffers of its own and keeps none. */
        private static final class Source extends RecyclerPool.NonRecyclingPoolBase<BufferRecycler> {
            private static final long serialVersionUID = 1;

            @Override
            public BufferRecycler acquirePooled() {
                return new SmallBuffers();
            }
        }
    }

    /** Hands the bytes of the current frame to the parser, then says that it is the end. */
    private static final class Feed extends InputStream {
        private byte[] buffer = new byte[0];
        private int at;
        private int end;

        void set(byte[] bytes, int offset, int length) {
            buffer = bytes;
            at = offset;
            end = offset + length;
        }

        @Override
        public int read() {
            return at < end ? buffer[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, end - at);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(buffer, at, target, offset, count);
            at += count;
            return count;
        }

        /** Return whether nothing but blanks is left. */
        boolean isBlank() {
            for (; at < end; at++) {
                if (!isBlank(buffer[at])) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isBlank(byte value) {
            return value == ' ' || value == '\n' || value == '\r' || value == '\t';
        }
    }

    /** Takes what the parser has read ahead, and sees whether it was more than blanks. */
    private static final class Blanks extends OutputStream {
        private boolean others;

        @Override
        public void write(int value) {
            others |= !Feed.isBlank((byte) value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
