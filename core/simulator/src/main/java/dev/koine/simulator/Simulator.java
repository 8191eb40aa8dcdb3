package dev.koine.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A real HTTP server on loopback that speaks every built-in dialect as strictly as the services it stands for, and fails
 * on demand. Each dialect listens on a port of its own, opened when it is first asked for.
 *
 * <p>Its models are {@code echo}, {@code slow}, {@code flaky}, {@code markdown}, {@code tutor}, {@code tools} and
 * {@code reasoner}; each is a deployment of the Azure dialect too, where {@code demo} is a further name of {@code echo}.
 * A token is a word. Ids and times count up from 1, so that the same requests in the same order get the same bytes.
 *
 * <p>Safe for use by many threads.
 */
public final class Simulator implements AutoCloseable {
    private static final String DEMO_DEPLOYMENT = "demo";

    private final Map<String, SimulatedModel> models;
    private final Optional<String> key;
    private final Duration pause;
    private final Fault standing;
    private final Gate gate = new Gate();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<SimulatedDialect, Listener> listeners = new EnumMap<>(SimulatedDialect.class);
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final Deque<Fault> script = new ArrayDeque<>();
    private long serial;
    private boolean closed;

    private Simulator(Builder builder) {
        Map<String, SimulatedModel> known = SimulatedModel.builtIn(builder.topics);
        known.putAll(builder.models);
        this.models = Collections.unmodifiableMap(known);
        this.key = builder.key;
        this.pause = builder.pause;
        this.standing = builder.standing;
    }

    /** Start a simulator that takes any key or none; never null. It listens once {@link #base} or {@link #origin} asks. */
    public static Simulator start() {
        return builder().start();
    }

    /** Return a builder with the settings of {@link #start()}; never null. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Return the base URL that a user would configure for a dialect: {@code …/v1}, the plain origin, or the URL of the
     * deployment {@code demo}. Starts the dialect's listener.
     *
     * @param dialect the dialect; never null
     * @return the URL, without a trailing slash; never null
     * @throws IllegalStateException if the simulator is closed
     * @throws java.io.UncheckedIOException if no loopback port can be had
     */
    public URI base(SimulatedDialect dialect) {
        return URI.create(origin(dialect) + dialect.basePath());
    }

    /**
     * Return a dialect's origin, such as {@code http://127.0.0.1:49731}. Starts the dialect's listener.
     *
     * @param dialect the dialect; never null
     * @return the URL, without path; never null
     * @throws IllegalStateException if the simulator is closed
     * @throws java.io.UncheckedIOException if no loopback port can be had
     */
    public URI origin(SimulatedDialect dialect) {
        requireNonNull(dialect, "dialect is null");
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the simulator is closed");
            }
            return listeners.computeIfAbsent(dialect, this::listen).origin();
        } finally {
            lock.unlock();
        }
    }

    private Listener listen(SimulatedDialect dialect) {
        var served = new LinkedHashMap<>(models);
        if (dialect == SimulatedDialect.AZURE) {
            served.putIfAbsent(DEMO_DEPLOYMENT, requireNonNull(models.get("echo")));
        }
        var respondent = new Respondent(Manner.of(dialect), served, key, pause);
        return Listener.start(dialect, respondent, gate, this::register);
    }

    private Turn register(ReceivedRequest request) {
        lock.lock();
        try {
            requests.add(request);
            arrived.signalAll();
            serial++;
            Fault fault = Optional.ofNullable(script.poll()).orElse(standing);
            return new Turn(serial, gate.ticket(), fault);
        } finally {
            lock.unlock();
        }
    }

    /** Return the ids of the models, in the order in which they are listed; never null, unmodifiable. */
    public List<String> models() {
        return List.copyOf(models.keySet());
    }

    /**
     * Order faults for the next requests, one each, in turn and behind those ordered before. Whatever dialect or path a
     * request is for, it takes its turn.
     *
     * @param faults the faults; never null
     */
    public void script(Fault... faults) {
        lock.lock();
        try {
            script.addAll(List.of(faults));
        } finally {
            lock.unlock();
        }
    }

    /** Let every answer go on that is held back by a fault and whose request has arrived. */
    public void release() {
        gate.open();
    }

    /** Return the requests that arrived so far, over all dialects, in order; never null, a copy. */
    public List<ReceivedRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Wait until so many requests have arrived, and return the last of them.
     *
     * @param count which request, from 1
     * @param limit the longest wait; never null
     * @return the request; empty when the limit passed or the thread was interrupted (its flag stays set)
     */
    public Optional<ReceivedRequest> awaitRequest(int count, Duration limit) {
        if (count < 1) {
            throw new IllegalArgumentException("count is below 1: " + count);
        }
        lock.lock();
        try {
            long left = limit.toNanos();
            while (requests.size() < count && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return requests.size() < count ? Optional.empty() : Optional.of(requests.get(count - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Forget the requests that arrived and the faults that are still ordered. */
    public void reset() {
        lock.lock();
        try {
            requests.clear();
            script.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Stop listening and drop what is on its way. Closing twice has no effect. */
    @Override
    public void close() {
        List<Listener> open;
        lock.lock();
        try {
            closed = true;
            open = List.copyOf(listeners.values());
            listeners.clear();
        } finally {
            lock.unlock();
        }
        gate.shutDown();
        open.forEach(Listener::close);
    }

    /** Collects a simulator's settings. Not safe for use by many threads. */
    public static final class Builder {
        private Optional<String> key = Optional.empty();
        private List<Topic> topics = List.of();
        private Duration pause = Duration.ofMillis(100);
        private Fault standing = Fault.none();
        private final Map<String, SimulatedModel> models = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Answer 401 to any other key and to none. Without this, any key and none will do.
         *
         * @param required the key; never null, never empty
         */
        public Builder key(String required) {
            if (required.isEmpty()) {
                throw new IllegalArgumentException("key is empty");
            }
            this.key = Optional.of(required);
            return this;
        }

        /**
         * Let {@code tutor} answer from these.
         *
         * @param helpTexts the topics, in the order in which they are named; never null
         */
        public Builder topics(List<Topic> helpTexts) {
            this.topics = List.copyOf(helpTexts);
            return this;
        }

        /**
         * Set the pause of {@code slow} before each chunk; 100 ms without this.
         *
         * @param beforeEachChunk the pause, 0 or more; never null
         */
        public Builder pause(Duration beforeEachChunk) {
            if (beforeEachChunk.isNegative()) {
                throw new IllegalArgumentException("pause is negative");
            }
            this.pause = beforeEachChunk;
            return this;
        }

        /**
         * Add a model, or put another in a built-in one's place.
         *
         * @param id the model's id; never null
         * @param answer gives the answer to the last text of the user; must be safe for use by many threads and may take its
         *            time; if it throws, the connection is dropped without an answer; never null
         */
        public Builder model(String id, UnaryOperator<String> answer) {
            requireNonNull(answer, "answer is null");
            models.put(requireNonNull(id, "id is null"),
                    request -> Answer.of(answer.apply(request.lastUserText())));
            return this;
        }

        /**
         * Let every request meet this fault for which none is ordered by {@link Simulator#script}.
         *
         * @param fault the fault; never null
         */
        public Builder always(Fault fault) {
            this.standing = requireNonNull(fault, "fault is null");
            return this;
        }

        /** Start the simulator; never null. */
        public Simulator start() {
            return new Simulator(this);
        }
    }
}
