/** JSON text to {@link dev.koine.api.Json} and back. */
package dev.koine.core.json;
