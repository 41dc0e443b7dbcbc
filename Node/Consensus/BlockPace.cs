using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// How much a block of this node's own may weigh (<see cref="PoolSelection.WeightOf"/>), so that the chain keeps its
/// interval whatever the transactions do: for the same gas a block of signature checks takes a hundred times as long as
/// one of orders. It follows what blocks took, as TCP follows what a link carries: to execute here, and to follow each
/// other, which is all that the slowest member's processors and links took. Only a proposer's choice: every block up to
/// the chain's limit is valid. For one thread.
/// </summary>
internal sealed class BlockPace
{
    /// <summary>Execution may take half of the interval.</summary>
    private const uint ShareOfInterval = 2;

    private const uint StartDivisor = 16;

    /// <summary>
    /// Of a limit that blocks make no use of a part is forgotten: what was not tried lately is not known.
    /// </summary>
    private const uint ForgetDivisor = 16;

    /// <summary>The greatest step down, so that one hiccup of the machine costs two full blocks to mend.</summary>
    private const uint GreatestStepDown = 4;

    /// <summary>The least limit as a share of the chain's, so that no hiccup leaves only a handful a block.</summary>
    private const uint LeastDivisor = 64;

    /// <summary>
    /// Beyond the size that was too much last time the limit is felt for in steps of an eighth, which double every so
    /// many blocks: what was too much for a moment only is left behind within some twenty blocks.
    /// </summary>
    private const uint CarefulDivisor = 8;

    private const int CarefulBlocks = 8;

    private ChainParameters _parameters;
    private ulong _lastWeight;
    private ulong _tooMuch = ulong.MaxValue;
    private int _goodBlocks;
    private bool _isLate;

    /// <param name="parameters">Those of the next block.</param>
    public BlockPace(ChainParameters parameters)
    {
        _parameters = parameters;
        Limit = Within(parameters.BlockGasLimit.Value / StartDivisor, parameters);
    }

    /// <summary>
    /// The weight with which a block is full. Its last transaction may go beyond, so that every transaction finds a
    /// block.
    /// </summary>
    public Gas Limit { get; private set; }

    private TimeSpan Budget => TimeSpan.FromMilliseconds(_parameters.BlockIntervalMs / ShareOfInterval);

    /// <summary>Goes on by other parameters, those of the next block.</summary>
    public void Follow(ChainParameters parameters)
    {
        _parameters = parameters;
        Limit = Within(Limit.Value, parameters);
    }

    /// <summary>
    /// Learns from the time between a block and its parent, before the block itself is observed: after a full parent a
    /// late block says that the parent was too much for somebody, as lost packets do. Header times, so that every
    /// proposer learns the same and no clock of ours counts.
    /// </summary>
    public void ObserveInterval(TimeSpan interval)
    {
        TimeSpan wanted = TimeSpan.FromMilliseconds(_parameters.BlockIntervalMs);
        _isLate = interval > wanted * 1.25;
        if (_isLate && _lastWeight >= Limit.Value / 2)
        {
            ulong affordable = (ulong)((UInt128)_lastWeight * (ulong)wanted.Ticks / (ulong)interval.Ticks);
            Limit = Within(Math.Min(Limit.Value, Math.Max(affordable, Limit.Value / 2)), _parameters);
            _tooMuch = Limit.Value;
            _goodBlocks = 0;
        }
    }

    /// <summary>Learns from a block, whoever proposed it.</summary>
    /// <param name="weight">That of its transactions together.</param>
    /// <param name="execution">What executing and storing it took here.</param>
    public void Observe(Gas weight, TimeSpan execution)
    {
        ulong limit = Limit.Value;
        if (execution > Budget)
        {
            ulong affordable = (ulong)((UInt128)weight.Value * (ulong)Budget.Ticks / (ulong)execution.Ticks);
            limit = Math.Min(limit, Math.Max(affordable, limit / GreatestStepDown));
        }
        else if (execution * 2 <= Budget && weight.Value >= limit / 2 && !_isLate)
        {
            limit += limit <= _tooMuch / 2 ? limit : limit / CarefulStep(_goodBlocks++);
            _tooMuch = Math.Max(_tooMuch, limit);
        }
        else if (weight.Value < limit / 4 && limit > _parameters.BlockGasLimit.Value / StartDivisor)
        {
            limit = Math.Max(limit - (limit / ForgetDivisor), _parameters.BlockGasLimit.Value / StartDivisor);
        }

        _lastWeight = weight.Value;
        Limit = Within(limit, _parameters);
    }

    private static uint CarefulStep(int goodBlocks) =>
        Math.Max(2, CarefulDivisor >> Math.Min(2, goodBlocks / CarefulBlocks));

    private static Gas Within(ulong gas, ChainParameters parameters)
    {
        ulong least = Math.Min(
            parameters.TransactionGasLimit.Value, parameters.BlockGasLimit.Value / LeastDivisor);
        return new Gas(Math.Clamp(gas, least, PoolSelection.WeightOfFullBlock(parameters).Value));
    }
}
