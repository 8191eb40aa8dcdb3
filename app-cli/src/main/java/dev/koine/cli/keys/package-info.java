/** {@code koine keys}: keys that are kept, tried and changed. */
package dev.koine.cli.keys;
