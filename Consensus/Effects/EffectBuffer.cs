namespace EnergyChain.Consensus.Effects;

/// <summary>Effects of one step in the order in which they must be carried out. Reused; not thread-safe.</summary>
public sealed class EffectBuffer
{
    private readonly List<ConsensusEffect> _effects = [];

    public int Count => _effects.Count;

    public ConsensusEffect this[int index] => _effects[index];

    public IReadOnlyList<ConsensusEffect> Effects => _effects;

    public void Add(ConsensusEffect effect) => _effects.Add(effect);

    public void Clear() => _effects.Clear();
}
