/** {@code koine ask} and {@code koine embed}: one request, and its answer in each form. */
package dev.koine.cli.ask;
