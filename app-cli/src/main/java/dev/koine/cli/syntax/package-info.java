/** What a command line may say, and what this one said. */
package dev.koine.cli.syntax;
