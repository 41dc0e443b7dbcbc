namespace EnergyChain.Vm.Interpreter;

/// <summary>How a call ended that needed no frame.</summary>
/// <param name="Status">Success, or why not.</param>
/// <param name="GasLeft">Of the call's gas.</param>
/// <param name="HasOutput">Whether its output lies in the machine's precompile buffer.</param>
internal readonly record struct CallOutcome(ExecutionStatus Status, long GasLeft, bool HasOutput = false);
