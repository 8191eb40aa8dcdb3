/**
 * Dialects and presets that are dropped in: single jars and folders of jars. {@link dev.koine.core.plugin.Plugins}
 * lists them by their digests, tries them once in a Java process of their own before they are trusted, and opens each
 * in a module layer of its own when one of its dialects is first wanted.
 */
package dev.koine.core.plugin;
