package dev.koine.core.plugin;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches folders on a thread of its own. A file that is half written needs no waiting for: it has not the digest that is
 * trusted, so nothing comes of it until it is whole.
 */
final class PluginWatch implements Registration {
    private final WatchService service;
    private final List<Path> folders;
    private final Runnable changed;
    private final Set<Path> watched = new HashSet<>();

    /**
     * Watch folders, and the folders in them.
     *
     * @param changed what is done, on the watching thread, when something in them has changed
     */
    PluginWatch(List<Path> folders, Runnable changed) throws IOException {
        this.folders = List.copyOf(folders);
        this.changed = changed;
        this.service = folders.getFirst().getFileSystem().newWatchService();
        register();
        Thread.ofPlatform().daemon().name("koine-plugins-watch").start(this::run);
    }

    private void register() throws IOException {
        var all = new ArrayList<Path>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                all.add(folder);
                try (var entries = Files.list(folder)) {
                    entries.filter(Files::isDirectory).forEach(all::add);
                }
            }
        }
        for (Path folder : all) {
            if (watched.add(folder)) {
                folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            }
        }
    }

    private void run() {
        try {
            while (true) {
                // All that has happened by now is one change.
                for (var key = service.take(); key != null; key = service.poll()) {
                    key.pollEvents();
                    if (!key.reset()) {
                        watched.remove((Path) key.watchable());
                    }
                }
                register();
                changed.run();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            // It was closed: that is the end.
            return;
        } catch (IOException e) {
            // A folder went away while it was looked at; the others cannot be told from it, so it ends.
            close();
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
