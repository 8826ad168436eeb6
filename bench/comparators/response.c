/* Reference model A, "response", as one would write it in C without special effort: typed arrays, a binary heap,
 * Box-Muller and the mathematics of the C library. Tables come from response.h, which tools write from the model's documents.
 * Usage: response REPLICATIONS [SEED]; prints replications per second, mean, median and 95th percentile. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "response.h"

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
static int spare_ready;
static double spare;
static double normal(void) {
  if (spare_ready) { spare_ready = 0; return spare; }
  double r = sqrt(-2.0 * log(uniform())), angle = 6.283185307179586 * uniform();
  spare = r * sin(angle);
  spare_ready = 1;
  return r * cos(angle);
}

static double dist[ZONES][ZONES];
static void distances(void) {
  for (int i = 0; i < ZONES; i++) for (int j = 0; j < ZONES; j++) dist[i][j] = i == j ? 0 : 1e18;
  for (int d = 0; d < DOORS; d++) dist[door_a[d]][door_b[d]] = dist[door_b[d]][door_a[d]] = door_walk[d];
  for (int k = 0; k < ZONES; k++)
    for (int i = 0; i < ZONES; i++)
      for (int j = 0; j < ZONES; j++)
        if (dist[i][k] + dist[k][j] < dist[i][j]) dist[i][j] = dist[i][k] + dist[k][j];
}

typedef struct { double time; int seq, task, kind; } Event;
static Event heap[4 * TASKS];
static int heap_size, seq;
static int before(const Event *a, const Event *b) { return a->time < b->time || (a->time == b->time && a->seq < b->seq); }
static void push(double time, int task, int kind) {
  int i = heap_size++;
  Event e = {time, seq++, task, kind};
  while (i > 0 && before(&e, &heap[(i - 1) / 2])) { heap[i] = heap[(i - 1) / 2]; i = (i - 1) / 2; }
  heap[i] = e;
}
static Event pop(void) {
  Event top = heap[0], last = heap[--heap_size];
  int i = 0;
  for (;;) {
    int c = 2 * i + 1;
    if (c >= heap_size) break;
    if (c + 1 < heap_size && before(&heap[c + 1], &heap[c])) c++;
    if (!before(&heap[c], &last)) break;
    heap[i] = heap[c];
    i = c;
  }
  heap[i] = last;
  return top;
}

static int officer_zone[OFFICERS], idle[OFFICERS], worker[TASKS], missing[TASKS], waiting[SKILLS][TASKS], waiting_count[SKILLS], alarm_zone;
static double now, last;
static int place(int task) { return task_zone[task] < 0 ? alarm_zone : task_zone[task]; }
static void assign(int task, int officer) {
  idle[officer] = 0;
  worker[task] = officer;
  push(now + dist[officer_zone[officer]][place(task)], task, 0);
}
static void done(int task);
static void ready(int task) {
  if (task_skip[task] > 0 && uniform() < task_skip[task]) { last = now; done(task); return; }
  int best = -1;
  double least = 1e18;
  for (int o = 0; o < OFFICERS; o++)
    if (idle[o] && officer_skill[o] == task_skill[task] && dist[officer_zone[o]][place(task)] < least) {
      best = o;
      least = dist[officer_zone[o]][place(task)];
    }
  if (best >= 0) { assign(task, best); return; }
  int s = task_skill[task], i = waiting_count[s]++;
  while (i > 0 && task_priority[waiting[s][i - 1]] > task_priority[task]) { waiting[s][i] = waiting[s][i - 1]; i--; }
  waiting[s][i] = task;
}
static void done(int task) {
  for (int i = successor_start[task]; i < successor_start[task + 1]; i++)
    if (--missing[successor[i]] == 0) ready(successor[i]);
}

static double replicate(void) {
  memcpy(officer_zone, officer_home, sizeof officer_zone);
  memcpy(missing, task_missing, sizeof missing);
  memset(waiting_count, 0, sizeof waiting_count);
  for (int o = 0; o < OFFICERS; o++) idle[o] = 1;
  heap_size = seq = 0;
  now = last = 0;
  alarm_zone = (int)(uniform() * ZONES);
  ready(0);
  while (heap_size > 0) {
    Event e = pop();
    now = e.time;
    int o = worker[e.task];
    if (e.kind == 0) {
      officer_zone[o] = place(e.task);
      push(now + exp(log(task_median[e.task]) + SIGMA * normal()), e.task, 1);
      continue;
    }
    last = now;
    int s = officer_skill[o];
    if (waiting_count[s] > 0) {
      int task = waiting[s][0];
      memmove(waiting[s], waiting[s] + 1, --waiting_count[s] * sizeof(int));
      assign(task, o);
    } else idle[o] = 1;
    done(e.task);
  }
  return last;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 300000;
  uint64_t seed = argc > 2 ? strtoull(argv[2], 0, 10) : 1;
  state[0] = splitmix(&seed);
  state[1] = splitmix(&seed);
  distances();
  double *value = malloc(n * sizeof *value), sum = 0;
  struct timespec a, b;
  for (long i = 0; i < n / 10; i++) replicate();
  clock_gettime(CLOCK_MONOTONIC, &a);
  for (long i = 0; i < n; i++) value[i] = replicate();
  clock_gettime(CLOCK_MONOTONIC, &b);
  for (long i = 0; i < n; i++) sum += value[i];
  qsort(value, n, sizeof *value, compare);
  double seconds = (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) * 1e-9;
  printf("{\"replicationsPerSecond\": %.1f, \"mean\": %.3f, \"p50\": %.2f, \"p95\": %.2f}\n", n / seconds, sum / n, value[n / 2], value[(long)(n * 0.95)]);
  return 0;
}
