"""Things that can be true of a person and shut an exercise."""

from __future__ import annotations

from enum import StrEnum


class Fact(StrEnum):
    """One answer of the screening that an exercise may name as a gate."""

    LOW_BACK_PAIN = "low_back_pain"
    GROIN_PAIN = "groin_pain"
    CALF_WARNING = "calf_warning"
    PATELLAR_TENDON_PAIN = "patellar_tendon_pain"
    BONY_BUMP_PAIN = "bony_bump_pain"
    OUTER_KNEE_PAIN = "outer_knee_pain"
    BONE_STRESS = "bone_stress"
    KNEE_SURGERY = "knee_surgery"
    KNEE_LIGAMENT = "knee_ligament"
    KNEECAP_DISLOCATION = "kneecap_dislocation"
    JOINT_REPLACEMENT = "joint_replacement"
    HIP_SURGERY = "hip_surgery"
    HIP_JOINT_PAIN = "hip_joint_pain"
    LATE_PREGNANCY = "late_pregnancy"
    PREGNANCY_PELVIC_PAIN = "pregnancy_pelvic_pain"
    IMMUNE_SUPPRESSION = "immune_suppression"
    BLOOD_THINNERS = "blood_thinners"
    OSTEOPOROSIS = "osteoporosis"
    NUMB_FEET = "numb_feet"
    HIGH_BLOOD_PRESSURE = "high_blood_pressure"
    EFFORT_SYMPTOMS = "effort_symptoms"
    SCIATICA = "sciatica"
    HAMSTRING_STRAIN = "hamstring_strain"
    ANKLE_INJURY = "ankle_injury"
