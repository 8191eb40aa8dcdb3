/** The contract of a dialect, as a JUnit test that its author extends. */
package dev.koine.testkit;
