namespace EnergyChain.Simulation.Network;

/// <summary>What goes over a link.</summary>
internal enum MessageKind : byte
{
    Proposal,
    Vote,
    Evidence,
    Transactions,
    BodyRequest,
    BodyReply,
    Status,
    RangeRequest,
    RangeReply,
}
