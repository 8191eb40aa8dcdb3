/** Secrets: resolved from references at the moment of sending, stored apart from the configuration, never shown. */
package dev.koine.core.secret;
