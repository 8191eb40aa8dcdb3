/** What is told of something that went wrong, and the exit code that goes with it. */
package dev.koine.cli.problem;
