/** {@code koine models}: what is known of models and what the user says of them. */
package dev.koine.cli.models;
