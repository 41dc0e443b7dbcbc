namespace EnergyChain.Vm.Interpreter;

/// <summary>How a frame was entered.</summary>
public enum CallKind
{
    Call,
    CallCode,
    DelegateCall,
    StaticCall,
    Create,
    Create2,
}
