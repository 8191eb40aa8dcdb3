/**
 * Sends what a dialect encoded and hands back what the endpoint answered: keys, time limits, cancelling, size limits,
 * framing and retry rules. Nothing of the HTTP library is loaded before the first request, and no type of it is exposed.
 */
package dev.koine.core.transport;
