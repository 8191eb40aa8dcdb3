/** {@code koine providers} and {@code koine init}: where answers come from, found out, saved, probed and tested. */
package dev.koine.cli.providers;
