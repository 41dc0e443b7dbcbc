using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Interpreter;

/// <summary>
/// A call or creation that a frame asks its machine for. Its gas is charged to the frame already; offsets are in the
/// frame's memory, which has been expanded over them.
/// </summary>
internal struct CallRequest
{
    public CallKind Kind;

    /// <summary>Whose storage and balance the code works on; of a creation, unknown yet.</summary>
    public AccountEntry? Target;

    /// <summary>Whose code runs.</summary>
    public AccountEntry? CodeSource;

    /// <summary>What CALLER answers.</summary>
    public Address Caller;

    /// <summary>What CALLVALUE answers.</summary>
    public UInt256 Value;

    /// <summary>Whether the value moves from the frame's account to the target.</summary>
    public bool TransfersValue;

    public bool IsStatic;

    /// <summary>Gas of the new frame, stipend included.</summary>
    public long Gas;

    public int InputOffset;
    public int InputLength;
    public int OutputOffset;
    public int OutputLength;

    /// <summary>Of CREATE2.</summary>
    public UInt256 Salt;
}
