use super::content::check_key;
use crate::error::Faults;
use crate::support::model::CreateDepartmentBody;

pub fn check_department(body: &CreateDepartmentBody) -> Faults {
    let mut faults = Faults::default();
    check_key(&mut faults, "/code", &body.code);
    check_name(&mut faults, &body.name);
    faults
}

pub fn check_name(faults: &mut Faults, name: &str) {
    faults.text("/name", name, 2, 60);
}
