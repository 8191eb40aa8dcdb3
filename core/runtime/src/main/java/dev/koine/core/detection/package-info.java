/**
 * Finds out how an endpoint speaks that nobody described: which service it is, which path and which key style it wants. It
 * asks a few free questions and shows what each answer proves; what an answer proves is data that dialects' jars carry.
 * Nothing here changes a configuration.
 */
package dev.koine.core.detection;
