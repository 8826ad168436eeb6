/* Reference model B, "disorder", as one would write it in C without special effort: every event works out all rates anew.
 * Tables come from disorder.h, which tools write from the model's documents.
 * Usage: disorder REPLICATIONS [SEED]; prints replications per second, mean peak and P(peak > threshold). */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "disorder.h"

static uint64_t state[2];
static uint64_t splitmix(uint64_t *x) {
  uint64_t z = (*x += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}
static uint64_t next(void) { /* xorshift128+ */
  uint64_t a = state[0], b = state[1];
  state[0] = b;
  a ^= a << 23;
  state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
  return state[1] + b;
}
static double uniform(void) { return ((double)(next() >> 11) + 0.5) * (1.0 / 9007199254740992.0); }

static int replicate(void) {
  double calm[WINGS], agitated[WINGS], rioting[WINGS], rate[5 * WINGS];
  for (int w = 0; w < WINGS; w++) { calm[w] = PEOPLE; agitated[w] = rioting[w] = 0; }
  calm[START] -= AGITATED;
  agitated[START] = AGITATED;
  double time = 0;
  int total = 0, peak = 0;
  for (;;) {
    double sum = 0;
    for (int w = 0; w < WINGS; w++) {
      double near = 0;
      for (int i = neighbour_start[w]; i < neighbour_start[w + 1]; i++) near += rioting[neighbour[i]];
      rate[5 * w] = calm[w] * (EPS + BETA / PEOPLE * (0.5 * agitated[w] + rioting[w]) + BETAX / PEOPLE * near);
      rate[5 * w + 1] = agitated[w] * (G0 + G / PEOPLE * rioting[w] + GX / PEOPLE * near);
      rate[5 * w + 2] = agitated[w] * K * staff[w];
      rate[5 * w + 3] = rioting[w] * D * staff[w];
      rate[5 * w + 4] = rioting[w] * SG * staff[w];
      sum += rate[5 * w] + rate[5 * w + 1] + rate[5 * w + 2] + rate[5 * w + 3] + rate[5 * w + 4];
    }
    time -= log(uniform()) / sum;
    if (time > HORIZON) return peak;
    double u = uniform() * sum;
    int c = 0;
    while (c < 5 * WINGS - 1 && (u -= rate[c]) >= 0) c++;
    int w = c / 5;
    switch (c % 5) {
      case 0: calm[w]--; agitated[w]++; break;
      case 1: agitated[w]--; rioting[w]++; total++; break;
      case 2: agitated[w]--; calm[w]++; break;
      case 3: rioting[w]--; agitated[w]++; total--; break;
      default: rioting[w]--; total--;
    }
    if (total > peak) peak = total;
  }
}

int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 5000;
  uint64_t seed = argc > 2 ? strtoull(argv[2], 0, 10) : 1;
  state[0] = splitmix(&seed);
  state[1] = splitmix(&seed);
  struct timespec a, b;
  for (long i = 0; i < n / 10; i++) replicate();
  double sum = 0;
  long above = 0;
  clock_gettime(CLOCK_MONOTONIC, &a);
  for (long i = 0; i < n; i++) {
    int peak = replicate();
    sum += peak;
    above += peak > THRESHOLD;
  }
  clock_gettime(CLOCK_MONOTONIC, &b);
  double seconds = (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) * 1e-9;
  printf("{\"replicationsPerSecond\": %.1f, \"mean\": %.3f, \"above\": %.4f}\n", n / seconds, sum / n, (double)above / n);
  return 0;
}
