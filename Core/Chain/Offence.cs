using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// What a member is convicted of. Different pieces of evidence can prove one offence: of three votes any two do.
/// </summary>
/// <param name="Height">The height that was being decided.</param>
/// <param name="Round">Its round.</param>
/// <param name="Kind">What was signed twice.</param>
/// <param name="Offender">Index in the council of that height.</param>
public readonly record struct Offence(Height Height, Round Round, OffenceKind Kind, int Offender);
