/** {@code koine config}: the configuration file, read, explained and changed. */
package dev.koine.cli.config;
