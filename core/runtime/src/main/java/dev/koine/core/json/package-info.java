/** JSON text to {@link dev.koine.api.Json}. */
package dev.koine.core.json;
