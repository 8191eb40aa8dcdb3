/** {@code koine chat}: a conversation, line by line. */
package dev.koine.cli.chat;
