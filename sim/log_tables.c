/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/log_tables.h"

const struct log_table_def log_tables[LOG_KINDS] = {
    [LOG_EXPERIMENTS] = {"experiments",
        "name TEXT NOT NULL UNIQUE, description TEXT, creation_date TEXT NOT NULL", "", "", 0},
    [LOG_SIMULATIONS] = {"simulations",
        "experiment_id INTEGER REFERENCES experiments, start_time TEXT NOT NULL, end_time TEXT, "
        "status TEXT NOT NULL, seed INTEGER NOT NULL, steps INTEGER, results_summary TEXT", "", "", 0},
    [LOG_CONFIG] = {"simulation_config", "config_data TEXT NOT NULL", "", "", 0},
    /* The first cell is agent_id, given by the world. */
    [LOG_AGENTS] = {"agents",
        "birth_time INTEGER NOT NULL, death_time INTEGER, death_cause TEXT, agent_type TEXT NOT NULL, "
        "position_x REAL NOT NULL, position_y REAL NOT NULL, initial_resources REAL NOT NULL, "
        "starting_health REAL NOT NULL, generation INTEGER NOT NULL, parent_id INTEGER REFERENCES agents",
        "iitrrrrii", "agent_type;birth_time;death_time", 9},
    [LOG_AGENT_STATES] = {"agent_states",
        "step_number INTEGER NOT NULL, agent_id INTEGER NOT NULL REFERENCES agents, position_x REAL NOT NULL, "
        "position_y REAL NOT NULL, resource_level REAL NOT NULL, current_health REAL NOT NULL, "
        "is_defending INTEGER NOT NULL, starvation_counter INTEGER NOT NULL, total_reward REAL NOT NULL, "
        "age INTEGER NOT NULL",
        "iirrrriiri", "step_number;agent_id;agent_id, step_number", 10},
    [LOG_RESOURCE_STATES] = {"resource_states",
        "step_number INTEGER NOT NULL, resource_id INTEGER NOT NULL, amount REAL NOT NULL, "
        "position_x REAL NOT NULL, position_y REAL NOT NULL",
        "iirrr", "step_number;resource_id", 5},
    [LOG_STEPS] = {"simulation_steps",
        "step_number INTEGER NOT NULL, total_agents INTEGER NOT NULL, system_agents INTEGER NOT NULL, "
        "independent_agents INTEGER NOT NULL, control_agents INTEGER NOT NULL, total_resources REAL NOT NULL, "
        "average_agent_resources REAL NOT NULL, resources_consumed REAL NOT NULL, births INTEGER NOT NULL, "
        "deaths INTEGER NOT NULL, current_max_generation INTEGER NOT NULL, resource_efficiency REAL NOT NULL, "
        "resource_distribution_entropy REAL NOT NULL, average_agent_health REAL NOT NULL, "
        "average_agent_age REAL NOT NULL, average_reward REAL NOT NULL, combat_encounters INTEGER NOT NULL, "
        "successful_attacks INTEGER NOT NULL, resources_shared REAL NOT NULL, "
        "combat_encounters_this_step INTEGER NOT NULL, successful_attacks_this_step INTEGER NOT NULL, "
        "resources_shared_this_step REAL NOT NULL, genetic_diversity REAL NOT NULL, "
        "dominant_genome_ratio REAL NOT NULL",
        "iiiiirrriiirrrrriiriirrr", "step_number", 24},
    [LOG_ACTIONS] = {"agent_actions",
        "step_number INTEGER NOT NULL, agent_id INTEGER NOT NULL REFERENCES agents, action_type TEXT NOT NULL, "
        "action_target_id INTEGER, success INTEGER NOT NULL, resources_before REAL NOT NULL, "
        "resources_after REAL NOT NULL, reward REAL NOT NULL",
        "iitiirrr", "step_number;agent_id;action_type", 8},
    [LOG_INTERACTIONS] = {"interactions",
        "step_number INTEGER NOT NULL, source_type TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES agents, "
        "target_type TEXT NOT NULL, target_id INTEGER, interaction_type TEXT NOT NULL, amount REAL NOT NULL",
        "itititr", "step_number;source_id;target_id;interaction_type", 7},
    [LOG_EXPERIENCES] = {"learning_experiences",
        "step_number INTEGER NOT NULL, agent_id INTEGER NOT NULL REFERENCES agents, module_type TEXT NOT NULL, "
        "action_taken INTEGER NOT NULL, action_taken_mapped TEXT NOT NULL, reward REAL NOT NULL",
        "iititr", "step_number;agent_id", 6},
    [LOG_HEALTH] = {"health_incidents",
        "step_number INTEGER NOT NULL, agent_id INTEGER NOT NULL REFERENCES agents, health_before REAL NOT NULL, "
        "health_after REAL NOT NULL, cause TEXT NOT NULL, caused_by INTEGER REFERENCES agents",
        "iirrti", "step_number;agent_id", 6},
    [LOG_REPRODUCTION] = {"reproduction_events",
        "step_number INTEGER NOT NULL, parent_id INTEGER NOT NULL REFERENCES agents, "
        "offspring_id INTEGER REFERENCES agents, success INTEGER NOT NULL, failure_reason TEXT, "
        "parent_resources_before REAL NOT NULL, parent_resources_after REAL NOT NULL",
        "iiiitrr", "step_number;parent_id;success", 7},
    [LOG_SOCIAL] = {"social_interactions",
        "step_number INTEGER NOT NULL, initiator_id INTEGER NOT NULL REFERENCES agents, "
        "recipient_id INTEGER NOT NULL REFERENCES agents, interaction_type TEXT NOT NULL, outcome TEXT NOT NULL, "
        "resources_transferred REAL NOT NULL, initiator_resources_before REAL NOT NULL, "
        "initiator_resources_after REAL NOT NULL",
        "iiittrrr", "step_number;initiator_id;recipient_id", 8},
    [LOG_DEATHS] = {"agents", "death_time, death_cause", "iit", "", 3},
};
