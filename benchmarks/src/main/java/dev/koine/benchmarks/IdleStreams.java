package dev.koine.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The memory of streams that have begun and in which nothing comes, each read by a virtual thread. */
final class IdleStreams {
    private IdleStreams() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        boolean bare = arguments.length > 1 && arguments[1].equals("httpclient");
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), EventServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var line = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            int port = Integer.parseInt(line.readLine());
            var client = bare ? Clients.bare(port) : Clients.koine(port);
            open(client, 10);
            long heap = heap();
            long resident = resident();
            open(client, count);
            System.out.printf("%s, %d idle streams: heap %.1f KB, resident %.1f KB a stream%n",
                    bare ? "httpclient" : "koine",
                    count, (heap() - heap) / 1024.0 / count, (resident() - resident) / 1024.0 / count);
        } finally {
            process.destroy();
        }
        System.exit(0);
    }

    private static void open(Clients client, int count) throws InterruptedException {
        var begun = new CountDownLatch(count);
        var failed = new AtomicReference<Exception>();
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    client.ask(text -> begun.countDown());
                } catch (IOException | RuntimeException e) {
                    failed.set(e);
                }
            });
        }
        if (!begun.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException(begun.getCount() + " streams did not begin", failed.get());
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Return the memory that the system counts for this process; 0 where it does not say. */
    private static long resident() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst().orElse(0) * 1024;
        }
    }
}
