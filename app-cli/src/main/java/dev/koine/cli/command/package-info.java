/** What every command works with: its context, the engine, the forms of output, the options that several commands share. */
package dev.koine.cli.command;
