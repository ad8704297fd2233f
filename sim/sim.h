/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation as its users see it: a definition goes in, a world comes out, the world is stepped and asked.
 *
 * The same definition gives the same world after every step, on every machine and with every compiler: random numbers
 * come from the world's own generators, floats are added and multiplied in a fixed order and never contracted
 * (-ffp-contract=off), sums whose order may vary are of whole numbers, and so are goods. sim_hash is how this is
 * checked. Where BLAS trains networks, the promise holds for one machine and one set of switches only.
 *
 * Goods (resources) and health count in hundredths, so that nothing is lost to rounding.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sim_type { SIM_SYSTEM, SIM_INDEPENDENT, SIM_CONTROL, SIM_TYPES };
extern const char *const sim_type_names[SIM_TYPES];

enum sim_action { SIM_DEFEND, SIM_ATTACK, SIM_GATHER, SIM_SHARE, SIM_MOVE, SIM_REPRODUCE, SIM_PASS, SIM_ACTIONS };
extern const char *const sim_action_names[SIM_ACTIONS];
#define SIM_ALL_ACTIONS ((1u << SIM_ACTIONS) - 1)

enum sim_update { SIM_REBUILD, SIM_INCREMENTAL, SIM_BATCH };
enum sim_perception { SIM_SPATIAL, SIM_MEMMAP };
enum sim_spread { SIM_SCALAR, SIM_VECTOR, SIM_NEAREST };
enum sim_regrow { SIM_REGROW_ALL, SIM_REGROW_ACTIVE };
enum sim_decide { SIM_EACH, SIM_TOGETHER };
enum sim_networks { SIM_PER_TYPE, SIM_PER_AGENT };
enum sim_train { SIM_TRAIN_NEVER, SIM_TRAIN_AT_ONCE, SIM_TRAIN_DEFERRED };
enum sim_optimiser { SIM_ADAM, SIM_SGD };
enum sim_log_where { SIM_LOG_OFF, SIM_LOG_MEMORY, SIM_LOG_DISK };
enum sim_transaction { SIM_TRANSACTION_FLUSH, SIM_TRANSACTION_STEP };

/* Fields by subsystem; settings_*.c say how each is called, its range and its meaning. */
struct sim_spatial {
    const char *index;           /* the name of an index kind: kd, quad, hash, brute */
    enum sim_update update;
    uint32_t batch;              /* moves applied at a time by SIM_BATCH */
    float region;                /* side of the squares by which changes are tracked; 0: from the range of sight */
    float cell;                  /* of the hash grid; 0: from density */
};

struct sim_sight {
    uint32_t radius;             /* the view has 2 radius + 1 squares a side */
    enum sim_perception perception;
    enum sim_spread spread;      /* of goods over squares; all but nearest give the same view */
    bool reuse;                  /* keep views while nothing in them changes; never changes history */
    const char *map;             /* folder of the memory-mapped file; NULL: no name, gone with the world */
    bool check;                  /* perceive in both ways and count the differences */
};

struct sim_learn {               /* policies with networks */
    enum sim_decide decide;
    uint32_t batch;              /* decisions taken together at most */
    enum sim_networks networks;
    bool inherit;                /* children of agents with a network of their own start with the parent's */
    uint32_t hidden;
    enum sim_train train;
    uint32_t train_every, train_cap;     /* one training for so many experiences; at most so many a step, 0: any */
    uint32_t replay, sample;     /* experiences kept by a network; drawn for one training */
    enum sim_optimiser optimiser;
    float rate, discount;
    float tau;                   /* how far the target network moves towards the other one ... */
    uint32_t target_every;       /* ... at every so many trainings */
    float explore, explore_least, explore_decay;
};

struct sim_log_def {
    enum sim_log_where where;
    const char *path;
    uint32_t buffer;             /* rows held before they are written */
    float flush_seconds;         /* and for how long; 0: any time */
    enum sim_transaction transaction;
    bool async;                  /* a thread of its own writes */
    const char *pragmas;         /* performance, balanced, safety, memory */
    bool index_after;            /* indexes are made when the run is over */
};

/* What makes a world. Start from sim_default(), change fields, check with sim_problem(). Strings must outlive it. */
struct sim_def {
    uint32_t cookie;             /* set by sim_default: a definition made by hand is refused */
    uint64_t seed;
    uint64_t steps;              /* of a run; the world itself does not look at it */
    const char *policy;          /* how agents choose what to do; sim/policy.h lists them */
    uint32_t threads;            /* that perceive and decide */
    float width, height;
    uint32_t agents[SIM_TYPES];  /* at the start, by type; same type = ally, another = enemy */
    uint32_t max_agents;         /* nobody is born beyond; 0: ten times the agents at the start */
    uint32_t nodes;              /* places where goods grow */
    float obstacles;             /* share of the squares that nobody can enter */
    float rough;                 /* how much shorter a move is on the roughest ground, as a share */
    uint32_t landmarks;

    int32_t start_goods, start_health;
    int32_t consumption;         /* goods eaten by an agent in a step */
    uint32_t starvation;         /* steps without goods until death */
    float max_move;              /* distance in a step */

    float gather_range;
    int32_t max_gather;
    int32_t node_max, regrowth;  /* a node holds at most node_max and grows by regrowth ... */
    float regrowth_chance;       /* ... in this share of the steps */
    enum sim_regrow regrow;

    float attack_range;
    int32_t attack_damage;       /* by an agent in full health; half of it against one who defends itself */
    float kill_reward;
    uint32_t defense_steps;
    int32_t defense_heal;

    float share_range;
    int32_t share_goods, share_keep;     /* gives share_goods where share_keep is left */

    int32_t birth_cost;          /* goods that a birth uses up */
    int32_t birth_gift;          /* goods that go from parent to child */
    int32_t birth_least;         /* parents have at least this and birth_gift */
    float birth_chance;

    float mutation_rate, mutation_size;  /* chance per weight of the genome; factor between 1 - size and 1 + size */

    uint32_t phase_end[2];       /* the curriculum: up to this step ... */
    uint32_t phase_actions[2];   /* ... only these actions, a bit each; all afterwards */

    struct sim_spatial spatial;
    struct sim_sight sight;
    struct sim_learn learn;
    struct sim_log_def log;
};

struct sim_def sim_default(void);

/* NULL where a world can be made of the definition, else one sentence that says why not. */
const char *sim_problem(const struct sim_def *def);

/* Someone in a world. The zero id is nobody; the id of someone who died never becomes valid again. */
struct sim_id {
    uint32_t index, generation;
};

/* A view is channels x side x side floats from 0 to 1, side = 2 radius + 1; [channel][row = y][column = x], the agent's
 * own square in the middle. The remembered ones fade by tick and move with the agent. */
enum sim_channel {
    SIM_SELF, SIM_ALLIES, SIM_ENEMIES, SIM_GOODS, SIM_OBSTACLES, SIM_TERRAIN, SIM_VISIBLE,
    SIM_EMPTY, SIM_HEAT, SIM_TRAILS, SIM_SIGNAL,     /* remembered, fading */
    SIM_GOAL,
    SIM_LANDMARKS,                                   /* remembered for good */
    SIM_CHANNELS
};
extern const char *const sim_channel_names[SIM_CHANNELS];

/* Sums since the world was made. Goods in the world = goods at the start + regrown - eaten - born - lost. */
struct sim_totals {
    uint64_t steps, agents, births, deaths_of_hunger, deaths_by_force;
    int64_t goods;               /* held by agents and nodes now */
    int64_t goods_at_start, regrown, eaten, born, lost;      /* born: birth costs; lost: with the dead */
    int64_t gathered;
    uint64_t acts;               /* agent-steps */
    uint64_t tried[SIM_ACTIONS], done[SIM_ACTIONS];
};

/* How much of what was really done: the proof that a switch has its effect. */
struct sim_counters {
    uint64_t observations, views_reused;
    uint64_t queries, visited;   /* of indices; points looked at */
    uint64_t rebuilds, moved_singly, moved_in_batches, batches, dirty_regions;
    uint64_t goods_from_index, goods_from_map, spread_scalar, spread_vector, spread_nearest, views_differ;
    uint64_t regrow_looks;       /* nodes looked at for growth */
    uint64_t decide_calls, decisions, explored;      /* by policies with networks: decisions = explored + forwards */
    uint64_t forwards, passes;               /* decisions by network; calls of networks for them */
    uint64_t experiences, trainings, trainings_deferred, trainings_skipped;
    uint64_t targets_moved, inherited, weights_mutated;
    uint64_t busy_threads;       /* most threads seen at work in one step */
    uint64_t map_width, map_height;          /* from the first square to the last */
};

/* Bytes held, by what for. */
struct sim_bytes {
    size_t state, memory, index, maps, views, networks, replay, log, other;
};

struct sim;                      /* a world */

struct sim *sim_new(const struct sim_def *def);      /* the definition must have no problem; NULL: out of memory */
void sim_free(struct sim *world);
void sim_step(struct sim *world);
uint64_t sim_hash(const struct sim *world);          /* of the whole state, networks included */
struct sim_totals sim_totals(const struct sim *world);
struct sim_counters sim_counters(const struct sim *world);
struct sim_bytes sim_bytes(const struct sim *world);

/* Walks through the living: give the zero id first; the zero id ends. */
struct sim_id sim_next(const struct sim *world, struct sim_id after);

size_t sim_view_floats(const struct sim *world);

/* What `id` would see if it acted now; its memory stays as it is. False where it is nobody living. */
bool sim_observe(struct sim *world, struct sim_id id, float *view);

#endif
