/** The process around a command: its streams, its terminal, its signals, and how text is shown on them. */
package dev.koine.cli.terminal;
