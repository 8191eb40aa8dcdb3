/** {@code koine demo}: every kind of endpoint, played on this machine. */
package dev.koine.cli.demo;
