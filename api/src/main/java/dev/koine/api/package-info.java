/** Requests, messages, events, answers, model facts and failures, as immutable values. */
package dev.koine.api;
